// Acknowledged save: finishing a visit of 30 lines, beside one raw strict put of as many characters in the same origin,
// and beside the same five writes made by hand, by turns. From the tap on it is compared with a raw put that a tap sets off too: after a
// tap the browser draws a frame before it hands over any answer.
// Without CPU throttle, because it is the disk that is asked; then once more at a phone's pace for the time the rep waits.
import { serve } from '../scripts/serve.mjs';
import { REPETITIONS, THROTTLE, asScript, dist, isMain, openBrowser, throttle } from './machine.mjs';
import { begin, countAll, finish, moveDates, stock, toOrder } from './drive.mjs';
import { median, ratioOf, spread } from './stats.mjs';

const LINES = 30;

/** In the page: notes strict transactions of the app, the click on "finish" and the summary's appearance. */
function watch() {
  const real = IDBDatabase.prototype.transaction;
  window.bench = { transactions: [] };
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    const created = performance.now();
    const transaction = real.call(this, names, mode, options);
    if (this.name === 'shelfwise' && mode === 'readwrite' && options?.durability === 'strict') {
      const seen = { created, stores: [...transaction.objectStoreNames], durability: transaction.durability };
      window.bench.transactions.push(seen);
      transaction.addEventListener('complete', () => { seen.complete = performance.now(); });
    }
    return transaction;
  };
  addEventListener('click', (event) => { if (event.target.closest?.('#visit-finish')) window.bench.click = event.timeStamp; }, true);
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.done-head')) return;
    observer.disconnect();
    window.bench.drawn = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.bench.shown = performance.now(); }));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** In the page: how many characters the app's last finish wrote. */
async function written() {
  const opening = indexedDB.open('shelfwise');
  const database = await new Promise((done, failed) => { opening.onsuccess = () => done(opening.result); opening.onerror = () => failed(opening.error); });
  const last = (store) => new Promise((done) => {
    database.transaction(store).objectStore(store).openCursor(null, 'prev').onsuccess = (event) => done(event.target.result?.value.body ?? '');
  });
  const bodies = await Promise.all(['visits', 'orders', 'summaries', 'dispatches'].map(last));
  database.close();
  return bodies.map((body) => body.length);
}

/** In the page: a strict write into a scratch database, from the transaction's creation to its "complete": one record, or the
 * app's five writes (visit, order, summary, that it is to be sent, no draft any more) into stores like its own. */
async function rawPut({ sizes, alike, tapped }) {
  const opening = indexedDB.open('bench-scratch', 1);
  opening.onupgradeneeded = () => {
    const indexes = { rows: [], visits: ['customer'], orders: ['customer'], summaries: [], dispatches: ['day', 'unsent'], drafts: [] };
    for (const name in indexes) {
      const store = opening.result.createObjectStore(name, { keyPath: 'id' });
      for (const field of indexes[name]) store.createIndex(`by_${field}`, field);
    }
  };
  const database = await new Promise((done, failed) => { opening.onsuccess = () => done(opening.result); opening.onerror = () => failed(opening.error); });
  // At random, so that nothing is packed away.
  const body = (length) => Array.from({ length: Math.ceil(length / 10) }, () => Math.random().toString(36).slice(2, 12).padEnd(10, '0')).join('').slice(0, length);
  const id = () => crypto.randomUUID();
  const rows = alike
    ? ['visits', 'orders', 'summaries', 'dispatches'].map((store, at) => [store, { id: id(), customer: 'shop', day: '2026-11-17', unsent: 'yes', body: body(sizes[at]) }])
    : [['rows', { id: id(), body: body(sizes.reduce((sum, size) => sum + size, 0)) }]];
  const names = [...rows.map(([store]) => store), ...(alike ? ['drafts'] : [])];
  // The connection is warm, as the app's is.
  await new Promise((done) => { database.transaction(names).objectStore(names[0]).count().onsuccess = done; });
  let created = performance.now();
  if (tapped) {
    const button = document.createElement('button');
    Object.assign(button, { id: 'bench-raw', textContent: 'raw' });
    Object.assign(button.style, { position: 'fixed', inset: '40% 0 auto', height: '48px', zIndex: 1000 });
    document.body.append(button);
    created = await new Promise((tap) => button.addEventListener('click', (event) => tap(event.timeStamp)));
    setTimeout(() => button.remove(), 200);
  }
  const transaction = database.transaction(names, 'readwrite', { durability: 'strict' });
  for (const [store, row] of rows) transaction.objectStore(store).put(row);
  if (alike) transaction.objectStore('drafts').delete(id());
  transaction.commit();
  const complete = await new Promise((done, failed) => { transaction.oncomplete = () => done(performance.now()); transaction.onabort = () => failed(transaction.error); });
  database.close();
  return complete - created;
}

export async function run() {
  const server = await serve({ dir: dist, port: 9440 });
  const { page, close } = await openBrowser();
  const saves = [], raws = [], alikes = [], taps = [], slow = [], slowTaps = [];
  let sizes = [];
  try {
    await moveDates(page);
    await page.addInitScript(watch);
    const shop = await stock(page, server.url, LINES);
    // The first visit, uncounted: it gives the others a past. Then each counts 10, sold 20, orders 20.
    const SLOW = 2 * REPETITIONS;
    const tapRaw = async () => {
      const put = page.evaluate(rawPut, { sizes, alike: false, tapped: true });
      await page.locator('#bench-raw').click();
      return put;
    };
    for (let day = 0; day <= REPETITIONS + SLOW; day += 1) {
      const isSlow = day > REPETITIONS;
      await begin(page, shop, day * 7);
      await countAll(page, day === 0 ? 40 : 10);
      await toOrder(page);
      const putRaw = async () => {
        raws.push(await page.evaluate(rawPut, { sizes, alike: false }));
        alikes.push(await page.evaluate(rawPut, { sizes, alike: true }));
        taps.push(await tapRaw());
      };
      const rawFirst = day > 0 && day % 2 === 0 && !isSlow;
      if (rawFirst) await putRaw();
      if (isSlow) await throttle(page);
      await finish(page);
      await page.waitForFunction(() => window.bench.shown && window.bench.transactions.some((each) => each.complete));
      const seen = await page.evaluate(() => window.bench);
      const own = seen.transactions.filter((each) => each.stores.includes('visits'));
      if (own.length !== 1 || own[0].durability !== 'strict') throw new Error(`not one strict transaction: ${JSON.stringify(seen.transactions)}`);
      if (isSlow) {
        slow.push(own[0].complete - seen.click);
        slowTaps.push(await tapRaw());
        await throttle(page, 1);
        continue;
      }
      sizes = await page.evaluate(written);
      if (!rawFirst) await putRaw();
      if (day > 0) saves.push({ ...own[0], click: seen.click, drawn: seen.drawn, shown: seen.shown });
      else [raws, alikes, taps].forEach((warming) => warming.pop());
    }
  } finally {
    await close();
    await server.close();
  }
  const times = (from, to) => saves.map((each) => each[to] - each[from]);
  const [transaction, acknowledged, shown] = [times('created', 'complete'), times('click', 'complete'), times('click', 'shown')];
  console.log(`\n# Acknowledged save of a ${LINES}-line visit beside one raw strict put (${sizes.join(' + ')} characters: visit, order, summary, to be sent), interleaved, unthrottled, IndexedDB on disk`);
  console.log(`  stores of the one transaction: ${saves[0].stores.join(', ')}`);
  console.log(`  app, transaction → complete       ${spread(transaction)}`);
  console.log(`  app, click → complete             ${spread(acknowledged)}; of it before the transaction ${median(times('click', 'created')).toFixed(1)} ms`);
  console.log(`  app, click → summary drawn        ${spread(times('click', 'drawn'))}`);
  console.log(`  app, click → summary, 2nd frame   ${spread(shown)}`);
  console.log(`  raw put, transaction → complete   ${spread(raws)}`);
  console.log(`  raw, five writes as the app's     ${spread(alikes)}`);
  console.log(`  raw put, tap → complete           ${spread(taps)}`);
  console.log(`  ratio, transaction ÷ five writes  ${ratioOf(transaction, alikes)}`);
  console.log(`  ratio, transaction ÷ raw put      ${ratioOf(transaction, raws)}`);
  console.log(`  ratio, click → complete ÷ raw put ${ratioOf(acknowledged, raws)}`);
  console.log(`  ratio, tap → complete of both     ${ratioOf(acknowledged, taps)}`);
  const p95 = slow.toSorted((one, other) => one - other)[Math.ceil(slow.length * 0.95) - 1];
  console.log(`  click → complete at ${THROTTLE}× CPU throttle ${spread(slow)}; p95 of ${slow.length} ${p95.toFixed(1)} ms; raw put from the tap ${spread(slowTaps)}`);
  return [
    [`save, click → complete at ${THROTTLE}×`, `${spread(slow)}, p95 ${p95.toFixed(1)} ms`, ''],
    [`save of ${LINES} lines, click → complete`, spread(acknowledged), `raw put ${spread(raws)}`],
    ['save ÷ raw put: transaction', ratioOf(transaction, raws), ''],
    ['save ÷ five raw writes: transaction', ratioOf(transaction, alikes), ''],
    ['save ÷ raw put: click → complete', ratioOf(acknowledged, raws), ''],
    ['save ÷ raw put, both from the tap', ratioOf(acknowledged, taps), ''],
    [`save, click → summary shown`, spread(shown), ''],
  ];
}

if (isMain(import.meta.url)) await asScript(run);
