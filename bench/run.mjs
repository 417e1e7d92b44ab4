// All benchmarks, one after the other, with how each was measured, the machine's state, and a summary at the end. Timing is
// printed, never judged: another machine gives other figures, the ratios stay comparable.
import { dist, load, machine, openBrowser } from './machine.mjs';
import { table } from './stats.mjs';
import { run as backup } from './backup.mjs';
import { run as history } from './history.mjs';
import { run as imports } from './import.mjs';
import { run as keystroke } from './keystroke.mjs';
import { run as lists } from './lists.mjs';
import { run as recount } from './recount.mjs';
import { run as reorder } from './reorder.mjs';
import { run as save } from './save.mjs';
import { run as size } from './size.mjs';
import { run as start } from './start.mjs';

const probe = await openBrowser();
await probe.close();
console.log(`site ${dist}\nmachine: ${machine()}\nChromium ${probe.version}, headless, empty profile on disk, 390 × 844, zh-CN; Node ${process.version}`);
const summary = [];
for (const bench of [size, start, history, lists, reorder, recount, keystroke, save, imports, backup]) {
  summary.push(...(await bench()));
  console.log(`  load now ${load()}`);
}
console.log(`\n# Summary (median (min..max, repetitions))`);
table([['what', 'figure', 'beside'], ...summary]);
console.log(`load after: ${load()}`);
