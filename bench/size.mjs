// How much the first screen loads: every file it needs, at brotli quality 11, against the budget. `--check` fails above it.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

// Not the worker's: it is asked for when something is imported, exported or tried out. Nor the parts of the wasm: they come when the
// first screen is drawn.
const FIRST = [/^index\.html$/, /^boot\.js$/, /\.css$/, /^(?!sw\.js$|errands-|worker-).*\.js$/, /^(?!errands-|part-).*\.wasm$/, /^manifest\.webmanifest$/, /^icons\/icon\.svg$/];
// Read by the host, never sent for the first screen; 404.html is index.html again.
const FOR_THE_HOST = /^(404\.html|_headers|_redirects)$/;

// The budget is what stands today and only ever sinks; the goal is where it is heading.
const { first_load_brotli_kib: kib, goal_kib: goal, tolerance } = JSON.parse(readFileSync(new URL('budget.json', import.meta.url), 'utf8'));
/** Bytes above which a first load is too much. */
export const limit = Math.floor(kib * 1024 * (1 + tolerance));

function measure(dir, isWanted) {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(dir, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  const rows = names.filter(isWanted).map((name) => {
    const body = readFileSync(join(dir, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
    return { name, raw: body.length, brotli: brotliCompressSync(body, { params }).length };
  });
  rows.sort((a, b) => b.brotli - a.brotli);
  return { total: rows.reduce((sum, row) => sum + row.brotli, 0), rows };
}

const isFirst = (name) => FIRST.some((pattern) => pattern.test(name));

/** What the first screen needs: `{ total, rows: [{ name, raw, brotli }] }`, in bytes. */
export const firstLoad = (dir) => measure(dir, isFirst);

/** What the service worker fetches or the browser asks for later. */
export const laterLoad = (dir) => measure(dir, (name) => !isFirst(name) && !FOR_THE_HOST.test(name));

const inKib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

export async function run() {
  // Imported here: a test that asks only for `firstLoad` needs no browser.
  const [{ dist }, { table }, { printCrates }] = await Promise.all([import('./machine.mjs'), import('./stats.mjs'), import('./crates.mjs')]);
  const [first, later] = [firstLoad(dist), laterLoad(dist)];
  const rows = ({ total, rows }) => [
    ['file', 'raw', 'brotli 11'], ...rows.map((row) => [row.name, String(row.raw), String(row.brotli)]), ['all', String(rows.reduce((sum, row) => sum + row.raw, 0)), String(total)],
  ];
  console.log(`\n# Size of ${dist}, in bytes\nfirst load`);
  table(rows(first));
  console.log(`  ${inKib(first.total)} of ${kib} KiB (${((100 * first.total) / (kib * 1024)).toFixed(1)} %; too much above ${inKib(limit)}; goal ${goal} KiB)`);
  console.log('\nlater: cached for offline use, icons of the installed app, the service worker');
  table(rows(later));
  printCrates();
  return [['first load, brotli 11', inKib(first.total), `budget ${kib} KiB + ${100 * tolerance} %, goal ${goal} KiB`]];
}

async function main() {
  if (!process.argv.includes('--check')) return void (await run());
  const dir = resolve(fileURLToPath(new URL('..', import.meta.url)), process.env.SHELFWISE_DIST ?? 'dist');
  const { total } = firstLoad(dir);
  console.log(`first load ${inKib(total)}, at most ${inKib(limit)}, goal ${goal} KiB`);
  if (total > limit) process.exitCode = 1;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
