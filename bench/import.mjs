// A big import: 119,618 order lines of a year, made by a seeded die like the export of a British wholesaler (names with commas,
// quotes and odd blanks, returns). From the file chosen to the preview, from "import" to the end; and meanwhile what a rep feels who
// goes on tapping. Unthrottled, and with the page's thread slowed, which leaves the worker as it is.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../scripts/serve.mjs';
import { THROTTLE, asScript, dist, dropFolder, isMain, newFolder, openBrowser, throttle } from './machine.mjs';
import { importList } from './drive.mjs';
import { die } from './rows.mjs';
import { median, percentile, range, spread } from './stats.mjs';

const [LINES, ORDERS, SHOPS, PRODUCTS] = [119_618, 6000, 150, 3357];
const RUNS = 3;
const GOAL = 20;
const BETWEEN_TAPS = 250;

const COLOURS = ['RED', 'PINK', 'IVORY', 'BLUE', 'GREEN', 'VINTAGE', 'RETROSPOT', 'POLKADOT', 'SILVER', 'WOODEN'];
const THINGS = ['LUNCH BAG', 'CAKE TINS', 'T-LIGHT HOLDER', 'DOOR SIGN', 'JAM JAR', 'PICTURE FRAME', 'TEA TOWEL', 'CANDLES', 'NOTEBOOK', 'ALARM CLOCK', 'UMBRELLA', 'BUNTING'];
const ENDS = ['', ', LARGE', ', SET OF 6', ' "HOME SWEET HOME"', '  S/4 ', ' (ASSTD)', ', BOX OF 12', '   SMALL', " TRADIT'NAL", ' 20CM x 30CM'];
const COUNTRIES = ['United Kingdom', 'Germany', 'France', 'EIRE', 'Spain', 'Norway', 'Australia'];

/** The three files. */
function makeLists() {
  const roll = die(119_618);
  const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = (header, rows) => `${header}\n${rows.map((row) => row.map((text) => cell(String(text))).join(',')).join('\n')}\n`;
  const prices = ['0.42', '0.85', '1.25', '1.65', '2.08', '2.95', '4.25', '7.95', '16.95'];
  const shops = Array.from({ length: SHOPS }, (_, at) => [12_300 + 37 * at, `Shop "No. ${at + 1}", ${roll.of(['High  Street', 'Mill Lane ', 'St. John\'s, East'])}`, roll.of(COUNTRIES)]);
  const products = Array.from({ length: PRODUCTS }, (_, at) => [`${10_002 + 7 * at}${roll(6) ? '' : roll.of(['A', 'B', 'C'])}`, `${roll.of(COLOURS)} ${roll.of(THINGS)} ${at}${roll.of(ENDS)}`, roll.of(prices)]);
  const lines = [];
  for (let order = 0; order < ORDERS; order += 1) {
    const date = new Date(Date.UTC(2024, 0, 1 + Math.floor((order * 365) / ORDERS))).toISOString().slice(0, 10);
    const shop = roll.of(shops)[0];
    // Some orders are long, most are short; together they are exactly as many as they should be.
    const left = LINES - lines.length, others = ORDERS - order - 1, usual = Math.ceil(left / (others + 1));
    const count = others ? Math.min(left - others, 1 + roll(roll(40) ? 2 * usual - 1 : 12 * usual)) : left;
    const first = roll(PRODUCTS);
    for (let at = 0; at < count; at += 1) {
      const [code, , price] = products[(first + 11 * at) % PRODUCTS];
      const quantity = roll(100) ? roll.of([1, 2, 3, 4, 6, 10, 12, 24, 48]) : -1 - roll(12);
      lines.push([536_365 + order, date, shop, code, quantity, price]);
    }
  }
  return {
    shops: csv('code,name,area', shops), products: csv('code,name,price', products), orders: csv('order,date,customer,product,quantity,price', lines),
    returns: lines.filter((line) => line[4] < 0).length,
  };
}

/** In the page: when the file was chosen, the preview stood, "import" was pressed, all was over; each at the second frame after. Frames
 * and taps in between, from the tap to the second frame after the group had opened or closed. */
function watch() {
  const bench = (window.bench = { frames: [], taps: [] });
  const secondFrame = (done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  addEventListener('change', (event) => { if (event.target.id === 'import-file') bench.chosen = event.timeStamp; }, true);
  addEventListener('click', (event) => {
    if (event.target.closest?.('.form-foot .btn-primary')) bench.pressed = event.timeStamp;
    const group = event.target.closest?.('summary')?.parentElement;
    if (!group) return;
    const isWriting = bench.pressed && !bench.written;
    const observer = new MutationObserver(() => {
      observer.disconnect();
      secondFrame((now) => bench.taps.push({ took: now - event.timeStamp, isWriting }));
    });
    observer.observe(group, { attributes: true, attributeFilter: ['open'] });
  }, true);
  const looking = new MutationObserver(() => {
    if (!bench.previewed && document.querySelector('.facts-card')) {
      bench.previewed = -1;
      secondFrame((now) => { bench.previewed = now; });
    }
    if (!bench.written && document.querySelector('.import-done')) {
      looking.disconnect();
      bench.written = -1;
      secondFrame((now) => { bench.written = now; });
    }
  });
  looking.observe(document, { childList: true, subtree: true });
  const frame = (now) => {
    bench.frames.push(now);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function once(url, lists, file, rate) {
  const { page, close } = await openBrowser();
  try {
    page.setDefaultTimeout(180_000);
    await importList(page, url, lists.shops);
    await importList(page, url, lists.products);
    await page.addInitScript(watch);
    await page.goto(`${url}import`);
    await page.waitForSelector('#import-file');
    await page.waitForTimeout(1500);
    if (rate > 1) await throttle(page, rate);
    await page.setInputFiles('#import-file', file);
    await page.waitForFunction(() => window.bench.previewed > 0);
    const facts = (await page.locator('.facts-card dd').allInnerTexts()).map((text) => text.replace(/\D/g, ''));
    if (facts.join() !== `${LINES},0,0,0`) throw new Error(`the preview says ${facts.join()}`);
    // By place, not by element: a tap does not wait until the page is calm.
    const group = page.locator('details.group summary').first();
    await group.scrollIntoViewIfNeeded();
    await page.locator('.form-foot .btn-primary').click();
    for (;;) {
      const box = await group.boundingBox({ timeout: 2000 }).catch(() => null);
      if (!box || (await page.evaluate(() => window.bench.written))) break;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForTimeout(BETWEEN_TAPS);
    }
    await page.waitForFunction(() => window.bench.written > 0);
    return await page.evaluate(() => {
      const { chosen, previewed, pressed, written, frames, taps } = window.bench;
      const gap = (from, to) => Math.max(...frames.map((now, at) => (at && now > from && frames[at - 1] < to ? now - frames[at - 1] : 0)));
      const writing = taps.filter((tap) => tap.isWriting).map((tap) => tap.took);
      return { read: previewed - chosen, write: written - pressed, readGap: gap(chosen, previewed), writeGap: gap(pressed, written), taps: writing };
    });
  } finally {
    await close();
  }
}

export async function run() {
  const lists = makeLists();
  // On the disk: a buffer would be carried into the page, which stands still meanwhile.
  const folder = newFolder(), file = join(folder, 'orders.csv');
  writeFileSync(file, lists.orders);
  const server = await serve({ dir: dist, port: 9500 });
  const seen = { 1: [], [THROTTLE]: [] };
  try {
    for (let turn = 0; turn < RUNS; turn += 1) {
      for (const rate of turn % 2 ? [THROTTLE, 1] : [1, THROTTLE]) seen[rate].push(await once(server.url, lists, file, rate));
    }
  } finally {
    await server.close();
    dropFolder(folder);
  }
  const seconds = (values) => spread(values.map((value) => value / 1000), ' s');
  const all = (rate) => seen[rate].map((each) => each.read + each.write);
  const taps = (rate) => seen[rate].flatMap((each) => each.taps);
  const worst = (rate, what) => Math.max(...seen[rate].map((each) => each[what])).toFixed(0);
  console.log(`\n# Import of ${LINES.toLocaleString('en')} order lines (${(lists.orders.length / 1e6).toFixed(1)} MB, ${ORDERS} orders, ${SHOPS} shops, ${PRODUCTS} products, ${lists.returns} returns), a new profile each time`);
  console.log('  file chosen → preview shown, “import” pressed → done, each to the second frame after; throttled is the page, not its worker');
  for (const rate of [1, THROTTLE]) {
    console.log(`  ${rate === 1 ? 'no throttle' : `${rate}× throttle`}`);
    console.log(`    in all             ${seconds(all(rate))}; goal ${GOAL} s`);
    console.log(`    file → preview     ${seconds(seen[rate].map((each) => each.read))}; longest gap between frames ${worst(rate, 'readGap')} ms`);
    console.log(`    import → done      ${seconds(seen[rate].map((each) => each.write))}; longest gap between frames ${worst(rate, 'writeGap')} ms`);
    console.log(`    tap while writing  median ${median(taps(rate)).toFixed(0)} ms, p95 ${percentile(taps(rate), 0.95).toFixed(0)} ms (${range(taps(rate))}, n ${taps(rate).length}) to the second frame after`);
  }
  return [
    [`import of ${LINES.toLocaleString('en')} order lines`, seconds(all(1)), `goal ${GOAL} s; at ${THROTTLE}× throttle ${seconds(all(THROTTLE))}`],
    ['import, while it writes: longest gap between frames', `${worst(1, 'writeGap')} ms`, `at ${THROTTLE}× throttle ${worst(THROTTLE, 'writeGap')} ms`],
    ['import, while it writes: a tap elsewhere, worst', `${Math.max(...taps(1)).toFixed(0)} ms`, `at ${THROTTLE}× throttle ${Math.max(...taps(THROTTLE)).toFixed(0)} ms`],
  ];
}

if (isMain(import.meta.url)) await asScript(run);
