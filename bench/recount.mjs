// All lines of a visit reckoned anew: 60 counted lines at a shop with a past, a slow phone, and a figure that touches every line. Once
// where only the total shows it (the next visit's date, on the page of what was agreed), once where every row is drawn anew (the days
// the shop was shut, over the count), beside a figure of one line. From the field's event to the end of the work it set off.
import { serve } from '../scripts/serve.mjs';
import { THROTTLE, asScript, dist, isMain, openBrowser, throttle } from './machine.mjs';
import { begin, countAll, finish, moveDates, stock, toOrder } from './drive.mjs';
import { median, percentile, range } from './stats.mjs';

const LINES = 60;
const TIMES = 24;
const GOAL = 4;

/** In the page: types figures by turns into two fields; the one of all lines, and one of this line alone. */
async function type([fields, times]) {
  const taken = {};
  const write = async (id, text, event) => {
    const field = document.getElementById(id);
    field.value = text;
    const began = performance.now();
    field.dispatchEvent(new Event(event, { bubbles: true }));
    // What an event sets off runs before the next task.
    for (let turn = 0; turn < 20; turn += 1) await null;
    (taken[id] ??= []).push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 120));
  };
  for (let time = 0; time < times; time += 1) {
    for (const [id, texts, event] of fields) await write(id, texts[time % texts.length], event);
  }
  return taken;
}

export async function run() {
  const server = await serve({ dir: dist, port: 9421 });
  const { page, close } = await openBrowser();
  let taken;
  try {
    await moveDates(page);
    const shop = await stock(page, server.url, LINES);
    await begin(page, shop, 0);
    await countAll(page, 40);
    await toOrder(page);
    await finish(page);
    await begin(page, shop, 7);
    await countAll(page, 12);
    await page.locator('.line-tools .btn').last().click();
    await page.waitForSelector('#note-closed');
    await throttle(page);
    const figures = ['1', '2', '3'];
    taken = await page.evaluate(type, [[['note-closed', figures, 'input'], ['note-returned', figures, 'input']], TIMES]);
    await page.keyboard.press('Escape');
    await page.locator('.steps button').nth(4).click();
    await page.waitForSelector('#agree-next');
    const dates = await page.evaluate(() => [9, 16, 23].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)));
    Object.assign(taken, await page.evaluate(type, [[['agree-next', dates, 'change']], TIMES]));
  } finally {
    await close();
    await server.close();
  }
  const figures = (values) => `median ${median(values).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms (${range(values)}, n ${values.length})`;
  const { 'note-closed': drawn, 'note-returned': one, 'agree-next': sums } = taken;
  console.log(`\n# A visit of ${LINES} counted lines reckoned anew at ${THROTTLE}× CPU throttle: event → all work done`);
  console.log(`  ${LINES} lines, total shown   ${figures(sums)}; goal: ${GOAL} ms for the sums`);
  console.log(`  ${LINES} lines, rows drawn    ${figures(drawn)}`);
  console.log(`  one line              ${figures(one)}`);
  return [[`${LINES} lines reckoned anew, ${THROTTLE}× throttle`, `median ${median(sums).toFixed(1)} ms`, `goal ${GOAL} ms; every row drawn anew ${median(drawn).toFixed(1)} ms, one line ${median(one).toFixed(1)} ms`]];
}

if (isMain(import.meta.url)) await asScript(run);
