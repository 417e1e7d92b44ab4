// Which crate the code of the release wasm comes from: twiggy's list of functions, summed by the crate in their names. Reads the
// linker's output, which still has names; wasm-bindgen and wasm-opt shrink it further, so only the shares matter.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './machine.mjs';
import { table } from './stats.mjs';

const WASM = join(root, 'target/wasm32-unknown-unknown/release/shelfwise.wasm');
const STD = new Set(['core', 'alloc', 'std', 'compiler_builtins', 'dlmalloc', 'hashbrown']);

/** The crate a function's demangled name speaks of: the first outside std, in `<A as B>` and `drop_in_place<A>` too. */
export function crateOf(name) {
  if (/__wbindgen_describe|^custom section|"function names"|__wbindgen_placeholder__/.test(name)) return null;
  const data = name.match(/^(data|elem|table|memory|type|global)\b/);
  if (data) return `(${data[1]})`;
  const crates = [...name.matchAll(/(?<![\w:}>\]])([a-z_][a-z0-9_]*)(?:\[[0-9a-f]+\])?::/gi)].map((match) => match[1]);
  if (!crates.length) return '(other)';
  return crates.find((crate) => !STD.has(crate)) ?? 'std';
}

/** Rows of twiggy's CSV: names may be quoted, with doubled quotes inside. */
function parse(csv) {
  const rows = csv.split('\n').slice(1).map((line) => line.match(/^(?:"((?:[^"]|"")*)"|([^,]*)),(\d+),/)).filter(Boolean);
  return rows.map(([, quoted, plain, size]) => ({ name: quoted?.replaceAll('""', '"') ?? plain, size: Number(size) }));
}

/** Prints the table, or in one line what it lacks. */
export function printCrates(shown = 24) {
  if (!existsSync(WASM)) return console.log(`by crate: no ${WASM} (make build)`);
  let csv;
  try {
    csv = execFileSync(process.env.TWIGGY ?? 'twiggy', ['top', '-n', '100000', '-f', 'csv', WASM], { encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    return console.log(error.code === 'ENOENT' ? 'by crate: twiggy is missing (cargo install twiggy)' : `by crate: twiggy failed: ${error.message}`);
  }
  const sums = new Map();
  let dropped = 0;
  for (const { name, size } of parse(csv)) {
    const crate = crateOf(name);
    if (crate) sums.set(crate, (sums.get(crate) ?? 0) + size);
    else dropped += size;
  }
  const all = [...sums.values()].reduce((sum, size) => sum + size, 0);
  const order = [...sums].sort((a, b) => b[1] - a[1]);
  const rest = order.slice(shown).reduce((sum, [, size]) => sum + size, 0);
  const row = (crate, size) => [crate, `${(size / 1024).toFixed(1)} KiB`, `${((100 * size) / all).toFixed(1)} %`];
  console.log('\nwasm by crate (linked, before wasm-bindgen and wasm-opt; generic code counts for the crate it is of)');
  table([['crate', 'raw', 'share'], ...order.slice(0, shown).map((each) => row(...each)), row(`(${Math.max(0, order.length - shown)} more)`, rest), row('all', all)]);
  console.log(`  not counted: ${(dropped / 1024).toFixed(0)} KiB of names and descriptions that wasm-bindgen takes out`);
}
