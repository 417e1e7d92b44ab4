// Today's list of all clocks for 2,000 shops on a slow phone: how long the page is busy with making it, and how long after the first
// screen it stands. Heads are there, as after a start; nothing of the list is in the first paint.
import { serve } from '../scripts/serve.mjs';
import { REPETITIONS, THROTTLE, asScript, dist, isMain, openBrowser, throttle } from './machine.mjs';
import { day, maker, put } from './rows.mjs';
import { median, spread } from './stats.mjs';

const SHOPS = 2000;
const PRODUCTS = 60;
const LINES = 12;
// What the state waits between a change and the new list, in milliseconds: the timer by which it is known.
const REST = 30;
const GOAL = 50;

/** In the page: how long each run lasts that begins with the timer of the list, with all that follows before the next task. */
function watch({ rest }) {
  window.bench = { lists: [], shown: null };
  const plain = window.setTimeout;
  window.setTimeout = (task, delay, ...more) => {
    if (delay !== rest || typeof task !== 'function') return plain(task, delay, ...more);
    return plain((...given) => {
      const begun = performance.now(), channel = new MessageChannel();
      channel.port1.onmessage = () => {
        window.bench.lists.push(performance.now() - begun);
        channel.port1.close();
      };
      task(...given);
      channel.port2.postMessage(null);
    }, delay, ...more);
  };
  new MutationObserver(() => {
    if (window.bench.shown === null && document.querySelector('.filters .filter-count')) window.bench.shown = performance.now();
  }).observe(document, { childList: true, subtree: true });
}

async function fill(page, url) {
  const make = maker(2000), { roll } = make;
  await page.goto(url);
  await page.waitForSelector('.first');
  const products = Array.from({ length: PRODUCTS }, (_, at) => make.product(at));
  const shops = Array.from({ length: SHOPS }, (_, at) => make.customer(at));
  const summaries = shops.map((shop) => {
    const ago = 1 + roll(10), id = make.id(Date.now());
    return make.summary(shop, { last_visit: { id, on: day(-ago) }, visits: 1 + roll(50), next_due: day(shop.fields.cycle - ago), last_order: { id, on: day(-ago), amount: '139.50' } });
  });
  const heads = shops.map((shop) => make.head(shop, {
    lines: Array.from({ length: LINES }, (_, at) => ({
      product: products[(at * 5 + roll(5)) % PRODUCTS].id, stock: roll(90), counted_on: day(-1 - roll(8)), rate: { units: 5 + roll(60), days: 7 },
      earliest: roll(4) ? null : { expires: day(roll(90)), units: 1 + roll(30) },
    })).sort((one, other) => (one.product < other.product ? -1 : 1)),
    called_on: day(-roll(40)), visited_on: day(-1 - roll(12)), touched_on: day(-1 - roll(12)), touches: [day(-1 - roll(12))], follow_ups: roll(9), kept: roll(20), broken: roll(3), weekly: `${100 + roll(900)}.00`, complaint: null,
    promises: roll(10) ? [] : [{ id: make.id(Date.now()), text: '送两箱新品试吃', made: `${day(-3)}T10:00:00`, answer_by: null, answered: null, due: `${day(roll(5) - 2)}T18:00:00`, chase_at: null, needs: '' }],
  }));
  await put(page, 'products', products.map((each) => make.row(each)));
  await put(page, 'customers', shops.map((each) => make.row(each)));
  await put(page, 'summaries', summaries.map((each) => make.row(each)));
  await put(page, 'heads', heads.map((each) => make.row(each)));
}

export async function run() {
  const server = await serve({ dir: dist, port: 9470 });
  const { page, close } = await openBrowser();
  const lists = [], shown = [], paints = [];
  let rows = 0;
  try {
    await fill(page, server.url);
    await page.addInitScript(watch, { rest: REST });
    await throttle(page);
    for (let start = 0; start < REPETITIONS; start += 1) {
      await page.goto(server.url);
      await page.waitForSelector('.filters .filter-count', { timeout: 60000 });
      // Names and numbers of people come after heads, and with them the list once more.
      await page.waitForTimeout(1500);
      const seen = await page.evaluate(() => ({ ...window.bench, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 }));
      lists.push(...seen.lists);
      shown.push(seen.shown);
      paints.push(seen.paint);
      rows = Number(await page.locator('.filters .filter-count').first().innerText());
    }
  } finally {
    await close();
    await server.close();
  }
  if (rows < SHOPS / 10) throw new Error(`a list of ${rows} things is none to measure`);
  const ratio = median(lists) / GOAL;
  console.log(`\n# Today's list of ${SHOPS.toLocaleString('en')} shops at ${THROTTLE}× CPU throttle: ${rows.toLocaleString('en')} things to do`);
  console.log(`  made, page busy        ${spread(lists)}; goal ${GOAL} ms; ratio ${ratio.toFixed(2)}`);
  console.log(`  start → list shown     ${spread(shown)}; first paint ${spread(paints)}`);
  return [[`Today's list, ${SHOPS.toLocaleString('en')} shops, ${THROTTLE}× throttle`, spread(lists), `goal ${GOAL} ms, ratio ${ratio.toFixed(2)}`]];
}

if (isMain(import.meta.url)) await asScript(run);
