// Pictures of every screen in every size, language and look, and what a machine can find wrong with them: node scripts/screens/run.mjs
// ONLY=390-zh-light,worst takes some series; SHELFWISE_DIST is the site where it is not dist/. Findings never fail the run.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withAClock } from '../../tests/e2e/browser.mjs';
import { serve } from '../serve.mjs';
import { Camera } from './camera.mjs';
import { Findings } from './checks.mjs';
import { phoneFonts } from './fonts.mjs';
import { writeGallery } from './gallery.mjs';
import { chosen, walks } from './series.mjs';
import { walk } from './walk.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = resolve(ROOT, process.env.SHELFWISE_DIST ?? 'dist');
const FOLDER = resolve(ROOT, process.env.SCREENS_DIR ?? 'docs/screens');
/** Walks at a time: drawing is one core's work, the browser's other half is waiting. */
const ABREAST = 2;

if (!existsSync(join(DIST, 'index.html'))) {
  console.error(`no site in ${DIST}: run make build first, or set SHELFWISE_DIST`);
  process.exit(1);
}
const all = chosen(process.env.ONLY);
if (!all.length) {
  console.error(`no series is called ${process.env.ONLY}`);
  process.exit(1);
}

const started = Date.now();
const seconds = () => Math.round((Date.now() - started) / 1000);
const site = await serve({ dir: DIST, port: 9700, quality: 1, change: withAClock });
const fonts = phoneFonts();
if (fonts.note) console.log(fonts.note);
const findings = new Findings();
const camera = new Camera(FOLDER, findings);
mkdirSync(FOLDER, { recursive: true });
for (const { name } of all) rmSync(join(FOLDER, name), { recursive: true, force: true });

const waiting = walks(all);
const said = new Set();
const say = (words) => { if (!said.has(words)) { said.add(words); console.log(words); } };
async function next() {
  for (let shots = waiting.shift(); shots; shots = waiting.shift()) {
    const take = () => walk(shots, { site, env: fonts.env, camera, say });
    if (!await take() && !await take()) console.log(`the browser died twice: ${shots[0].name}`);
    console.log(`${seconds()} s: ${shots.map(({ name }) => name).join(', ')}`);
  }
}
await Promise.all(Array.from({ length: ABREAST }, next));
await site.close();
fonts.drop();

writeGallery(FOLDER);
const lines = findings.lines();
writeFileSync(join(FOLDER, 'findings.txt'), `${lines.join('\n')}\n`);
console.log(lines.length ? `\nSeen by the machine:\n${lines.join('\n')}` : '\nThe machine found nothing.');
console.log(`\n${camera.pictures.size} pictures in ${seconds()} s: ${join(FOLDER, 'index.html')}`);
