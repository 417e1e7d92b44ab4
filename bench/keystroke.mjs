// Keystroke to suggestion: a visit of 60 lines at a shop with a past, a slow phone, real keys one after the other. By turns with
// keys into a plain field on the same page, whose listener only copies its text: what the browser takes by itself.
import { serve } from '../scripts/serve.mjs';
import { THROTTLE, asScript, dist, isMain, openBrowser, throttle } from './machine.mjs';
import { begin, countAll, finish, moveDates, stock, toOrder } from './drive.mjs';
import { median, percentile, range } from './stats.mjs';

const LINES = 60;
const ROWS = 24;
const GOAL = 50;
// A brisk typist: drafts are written and announcements spoken in between, as in a shop.
const PAUSE = 150;

/** In the page: from the key that came to the second frame after the tag's figure had changed. */
function watch() {
  const texts = () => [...document.querySelectorAll('.tag-figure, .bench-figure')].map((figure) => figure.textContent).join('|');
  let waiting = null;
  window.bench = { done: [] };
  window.benchArm = () => { waiting = { before: texts() }; };
  addEventListener('keydown', (event) => { if (waiting) waiting.key = event.timeStamp; }, true);
  addEventListener('input', (event) => { if (waiting) waiting.input = event.timeStamp; }, true);
  new MutationObserver(() => {
    if (!waiting?.input || waiting.changed || texts() === waiting.before) return;
    const mine = waiting;
    mine.changed = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      mine.painted = performance.now();
      window.bench.done.push(mine);
      waiting = null;
    }));
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** In the page: the plain field and its copy, outside the app. */
function addControl() {
  const field = document.createElement('input'), figure = document.createElement('output');
  field.id = 'bench-field';
  figure.className = 'bench-figure';
  field.addEventListener('input', () => { figure.textContent = field.value; });
  const box = document.createElement('div');
  box.append(field, figure);
  Object.assign(box.style, { position: 'fixed', top: '0', left: '0', width: '12rem', height: '3rem', overflow: 'hidden', contain: 'strict' });
  document.body.append(box);
}

async function press(page, key, kind) {
  const count = await page.evaluate(() => { window.benchArm(); return window.bench.done.length; });
  await page.keyboard.press(key);
  await page.waitForFunction((before) => window.bench.done.length > before, count);
  const seen = await page.evaluate(() => window.bench.done.at(-1));
  await page.waitForTimeout(PAUSE);
  return { ...seen, kind };
}

export async function run() {
  const server = await serve({ dir: dist, port: 9420 });
  const { page, close } = await openBrowser();
  const seen = [];
  try {
    await moveDates(page);
    await page.addInitScript(watch);
    const shop = await stock(page, server.url, LINES);
    await begin(page, shop, 0);
    await countAll(page, 40);
    await toOrder(page);
    await finish(page);
    await begin(page, shop, 7);
    await page.evaluate(addControl);
    await throttle(page);
    for (let row = 0; row < ROWS; row += 1) {
      const at = page.locator('.count-row').nth(row);
      if (await at.locator('.count-open').count()) await at.locator('.count-open').click();
      for (const place of ['cases', 'loose']) await at.locator(`[id^=${place}-]`).fill('0');
      await at.locator('[id^=front-]').focus();
      await page.waitForTimeout(2 * PAUSE);
      // 40 last time: 1 sold 39, then 12 sold 28. Each key makes another suggestion.
      seen.push(await press(page, '1', 'first'), await press(page, '2', 'next'));
      await page.evaluate(() => document.querySelector('#bench-field').focus({ preventScroll: true }));
      await page.waitForTimeout(2 * PAUSE);
      seen.push(await press(page, '1', 'plain'), await press(page, '2', 'plain'));
    }
  } finally {
    await close();
    await server.close();
  }
  const times = (from, to, kind) => seen.filter((each) => (kind ? each.kind === kind : each.kind !== 'plain')).map((each) => each[to] - each[from]);
  const figures = (values) => `median ${median(values).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms (${range(values)}, n ${values.length})`;
  const all = times('input', 'painted');
  console.log(`\n# Keystroke → suggestion painted at ${THROTTLE}× CPU throttle, visit of ${LINES} lines with a previous visit, one key every ${PAUSE} ms`);
  console.log('  input event → second frame after the figure of the tag changed (the two frames alone are 17 to 33 ms)');
  console.log(`  painted            ${figures(all)}; goal: p95 ${GOAL} ms`);
  console.log(`    first digit      ${figures(times('input', 'painted', 'first'))}: the bar and the tag are drawn`);
  console.log(`    next digit       ${figures(times('input', 'painted', 'next'))}: they follow`);
  const plain = times('input', 'painted', 'plain');
  console.log(`  plain field        ${figures(plain)}: the same page, no app code`);
  console.log(`  ratio to plain     ${(median(all) / median(plain)).toFixed(2)}× of the medians`);
  console.log(`  from the key down  ${figures(times('key', 'painted'))}`);
  console.log(`  input → DOM        ${figures(times('input', 'changed'))}: the app's own share`);
  return [
    [`keystroke → painted, ${THROTTLE}× throttle`, `median ${median(all).toFixed(1)} ms, p95 ${percentile(all, 0.95).toFixed(1)} ms`, `goal p95 ${GOAL} ms, n ${all.length}; plain field median ${median(plain).toFixed(1)} ms, p95 ${percentile(plain, 0.95).toFixed(1)} ms`],
  ];
}

if (isMain(import.meta.url)) await asScript(run);
