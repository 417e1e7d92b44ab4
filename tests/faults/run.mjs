// What goes wrong with phones, browsers and disks, done to the app on purpose: node tests/faults/run.mjs [kill quota …] [--proof]
// Each line prints its name, its figures and its seed; last `N passed, N failed`. FAULTS_SEED= repeats a run, FAULTS_TIMES= does
// everything so many times, FAULTS_JOBS= lines run at once. --proof takes the protections out one by one: the matching line has to fail.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closeShared } from '../e2e/harness.mjs';
import { Random } from './world.mjs';

const folder = new URL('./', import.meta.url);
const ORDER = ['kill', 'sync', 'quota', 'tabs', 'corruption', 'crash', 'inject', 'clock', 'handle', 'eviction', 'versions', 'update', 'formula', 'moments', 'native'];
/** Protection of the test build, the line that notices when it is gone, what that has to say, and how much of the line is enough. */
const PROOFS = [
  ['no-strict', 'sync-leveldb', /\b0\/\d+ words after the database was kept/, 0.15],
  ['no-strict', 'sync-sqlite', /\b0\/\d+ words after the database was kept/, 0.15],
  ['no-flush', 'sync-leveldb', /\b0\/\d+ after the journal was/, 0.15],
  ['ack-early', 'moments-wait', /lost: the choice that was said to be saved/],
  ['no-journal', 'moments-journal', /lost: the visit of .*, which was said to be saved/],
  ['no-canary', 'moments-canary', /without a word lost: the visit of/],
  ['no-replay', 'moments-replay', /lost: the visit of .*, which was said to be saved/],
  ['no-audit', 'moments-audit', /without a word lost: the visit of/],
  ['no-fence', 'moments-fence', /lost: what the tab that had taken over saved/],
  ['no-retry', 'moments-retry', /lost: the finished visit is not saved: 没存上.*/],
  ['no-ballast', 'moments-ballast', /lost: the finished visit is not saved: .*/],
];

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isWanted = (name) => !wanted.length || wanted.some((word) => name === word || name.startsWith(`${word}-`));
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`;

/** Some at a time. */
async function together(list, act) {
  const queue = [...list];
  const worker = async () => { for (let next = queue.shift(); next; next = queue.shift()) await act(next); };
  await Promise.all(Array.from({ length: Number(process.env.FAULTS_JOBS ?? 2) }, worker));
}

async function one({ name, play }, seed) {
  const started = Date.now();
  const ends = [];
  const world = { seed, random: new Random(seed), times: Number(process.env.FAULTS_TIMES ?? 1), after: (end) => ends.unshift(end) };
  const tail = () => `(seed ${seed}, ${seconds(started)})`;
  try {
    const figures = await play(world);
    console.log(`✔ ${name}: ${figures} ${tail()}`);
    return 'passed';
  } catch (error) {
    if (error.name === 'Skipped' && process.env.CI !== 'true') {
      console.log(`- ${name}: skipped: ${error.message}`);
      return 'skipped';
    }
    console.log(`✖ ${name}: FAILED ${tail()}\n${String(error.stack ?? error).replace(/^/gm, '    ')}`);
    return 'failed';
  } finally {
    for (const end of ends) await Promise.resolve().then(end).catch(() => {});
  }
}

async function faults() {
  const all = [];
  const files = readdirSync(folder).filter((file) => ORDER.includes(file.replace('.mjs', '')));
  files.sort((one, other) => ORDER.indexOf(one.replace('.mjs', '')) - ORDER.indexOf(other.replace('.mjs', '')));
  for (const file of files) all.push(...(await import(new URL(file, folder))).lines);
  const chosen = all.filter(({ name }) => isWanted(name));
  const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const results = [];
  await together(chosen, async (line) => results.push(await one(line, seed)));
  await closeShared();
  return [results.filter((result) => result === 'passed').length, results.filter((result) => result === 'failed').length || (chosen.length ? 0 : 1)];
}

/** Runs a line on the test build with a protection taken out: how it ended. */
const sabotaged = (protection, line, times) => new Promise((done) => {
  const settings = { ...process.env, SHELFWISE_DIST: process.env.SHELFWISE_SABOTAGE_DIST, FAULTS_SABOTAGE: protection, FAULTS_TIMES: String(times) };
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), line], { env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.on('close', (code) => done({ code, output }));
});

async function proof() {
  if (!existsSync(`${process.env.SHELFWISE_SABOTAGE_DIST}/index.html`)) {
    console.log('SHELFWISE_SABOTAGE_DIST= has to be the folder of the test build (cargo feature `sabotage`)');
    return [0, 1];
  }
  let [passed, failed] = [0, 0];
  await together(PROOFS.filter(([protection, line]) => isWanted(protection) || isWanted(line)), async ([protection, line, reason, times = 1]) => {
    const started = Date.now();
    const { code, output } = await sabotaged(protection, line, times);
    // Failing is not enough: a line that fails over something else proves nothing.
    const why = code !== 0 && /^✖ /m.test(output) ? reason.exec(output)?.[0] : null;
    console.log(`${why ? '✔' : '✖'} ${protection}: ${line} ${why ? `notices: ${why}` : `does not notice:\n${output.replace(/^/gm, '    ')}`} (${seconds(started)})`);
    if (why) passed += 1;
    else failed += 1;
  });
  return [passed, failed];
}

const [passed, failed] = await (process.argv.includes('--proof') ? proof() : faults());
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
