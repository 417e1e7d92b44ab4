// Everything `make test` checks, one stage after the other, and one closing line: `N passed, N failed`. A stage with a test
// runner of its own counts its tests; another counts as one.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

const find = (names) => {
  const folders = process.env.PATH.split(delimiter).concat('/Applications/Chromium.app/Contents/MacOS', '/Applications/Google Chrome.app/Contents/MacOS');
  return names.filter(Boolean).flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => `${folder}/${name}`))).find(existsSync);
};
const chromium = find([process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome', 'Chromium', 'Google Chrome']);
const driver = find([process.env.CHROMEDRIVER, 'chromedriver']);
const environment = { ...process.env, CHROMIUM: chromium, CHROMEDRIVER: driver, WASM_BINDGEN_TEST_WEBDRIVER_JSON: resolve('scripts/webdriver.json') };

let passed = 0, failed = 0;
const stages = [];

/** Runs a command, passes its output through, counts what `count` finds in it. `settings`: added to its environment. */
async function stage(name, command, count, settings) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  const [code, output] = await new Promise((done) => {
    const child = spawn(command[0], command.slice(1), { env: { ...environment, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { text += data; process.stdout.write(data); });
    child.on('error', (error) => done([1, String(error)]));
    child.on('close', (status) => done([status, text]));
  });
  let [good = 0, bad = 0] = count ? count(output) : [];
  // A stage that broke before it could count has failed once; one that counted nothing has proved nothing.
  if (code !== 0 && bad === 0) bad = 1;
  if (code === 0 && good === 0) [good, bad] = count ? [0, 1] : [1, 0];
  passed += good;
  failed += bad;
  stages.push(`${bad ? 'FAILED' : 'ok    '} ${name}: ${good} passed, ${bad} failed, ${Math.round((Date.now() - started) / 1000)} s`);
  return bad === 0;
}

const sum = (output, pattern) => [...output.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
const cargoCounts = (output) => [sum(output, /test result: .*? (\d+) passed/g), sum(output, /test result: .*? (\d+) failed/g)];
const nodeCounts = (output) => [sum(output, /^(?:# |ℹ )pass (\d+)/gm), sum(output, /^(?:# |ℹ )fail (\d+)/gm)];
const lastCounts = (output) => ([...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1) ?? []).slice(1).map(Number);
const wasm = ['--target', 'wasm32-unknown-unknown'];
const inBrowser = ['browser', 'browser_contract'].flatMap((name) => ['--test', name]);

await stage('format', ['cargo', 'fmt', '--check']);
await stage('clippy, native', ['cargo', 'clippy', '--locked', '--all-targets', '--', '-D', 'warnings']);
await stage('clippy, browser', ['cargo', 'clippy', '--locked', ...wasm, '--lib', '--bins', ...inBrowser, '--', '-D', 'warnings']);
await stage('native tests', ['cargo', 'test', '--locked'], cargoCounts);
const browserTests = ['cargo', 'test', '--locked', ...wasm, ...inBrowser];
// Chromium is changing what is below IndexedDB: every promise of the store must hold on both.
await stage('browser tests, LevelDB', browserTests, cargoCounts);
await stage('browser tests, SQLite', browserTests, cargoCounts, { WASM_BINDGEN_TEST_WEBDRIVER_JSON: resolve('scripts/webdriver-sqlite.json') });
await stage('licences', ['node', 'scripts/licences.mjs']);
await stage('backup schema', ['node', '--test', '--test-reporter=spec', 'tests/schema/check.test.mjs'], nodeCounts);
const isBuilt = await stage('release site', ['make', '--no-print-directory', 'build']);
if (isBuilt) {
  await stage('first load', ['node', 'bench/size.mjs', '--check']);
  const files = readdirSync('tests/e2e').filter((name) => name.endsWith('.test.mjs')).sort().map((name) => `tests/e2e/${name}`);
  await stage('end to end', ['node', '--test', '--test-concurrency=1', '--test-reporter=spec', ...files], nodeCounts);
  await stage('three engines', ['node', 'tests/engines/run.mjs'], lastCounts);
}

console.log(`\n${stages.join('\n')}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
