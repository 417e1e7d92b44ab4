// What a year of visits costs at the start: 300 shops visited weekly, 20 lines each, beside an empty database; and beside the same
// shops whose past is not on the disk, whose screen is the same. The profiles are made once and warmed alike (the service worker in
// charge, one start more since); each start has a copy of its own, by turns.
import { cpSync } from 'node:fs';
import { serve } from '../scripts/serve.mjs';
import { REPETITIONS, THROTTLE, asScript, dist, dropFolder, isMain, newFolder, openBrowser, throttle } from './machine.mjs';
import { day, maker, put } from './rows.mjs';
import { median, ratioOf, spread } from './stats.mjs';

const [SHOPS, WEEKS, LINES, PRODUCTS] = [300, 52, 20, 60];
const GOAL = 1.15;

/** In the page: notes when Today has something to say, at the second frame after it came. */
function watch() {
  const look = () => {
    const content = document.querySelector('.progress, .first h2');
    if (!content || content.getBoundingClientRect().height === 0) return;
    observer.disconnect();
    const inserted = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.bench = { inserted, painted: performance.now(), isControlled: navigator.serviceWorker.controller !== null };
    }));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
}

/** A year of one route: a seventh of the shops is due today, a third of those was visited this morning. Without a past: only what
 * the first screen reads of it. */
export async function fill(page, hasPast) {
  const make = maker(300);
  const products = Array.from({ length: PRODUCTS }, (_, at) => make.product(at));
  const shops = Array.from({ length: SHOPS }, (_, at) => make.customer(at, { cycle: 7, route_day: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(`${day(-(at % 7))}T12:00`).getDay()] }));
  await put(page, 'products', products.map((each) => make.row(each)));
  await put(page, 'customers', shops.map((each) => make.row(each)));
  const summaries = [];
  for (const [at, shop] of shops.entries()) {
    const isDone = at % 21 === 0;
    const latest = at % 7 || (isDone ? 0 : 7);
    const visits = Array.from({ length: WEEKS }, (_, week) => make.visit(shop, products, latest + 7 * week, LINES, latest + week > 0));
    if (hasPast) for (const store of ['visits', 'orders']) await put(page, store, visits.map((visit) => visit[store]));
    await put(page, 'dispatches', visits.map((visit) => visit.dispatches).filter((dispatch) => hasPast || dispatch.unsent));
    summaries.push(make.summary(shop, { ...visits[0].last, visits: WEEKS, next_due: day(7 - latest) }));
  }
  await put(page, 'summaries', summaries.map((each) => make.row(each)));
}

/** In the page: how many rows each store has. */
async function counted() {
  const opening = indexedDB.open('shelfwise');
  const database = await new Promise((done, failed) => { opening.onsuccess = () => done(opening.result); opening.onerror = () => failed(opening.error); });
  const names = ['customers', 'products', 'summaries', 'visits', 'orders', 'dispatches'];
  const transaction = database.transaction(names);
  const counts = await Promise.all(names.map((name) => new Promise((done) => { transaction.objectStore(name).count().onsuccess = (event) => done(`${event.target.result} ${name}`); })));
  database.close();
  return counts.join(', ');
}

/** A profile on the disk, filled and warm, and what is in it. */
async function prepare(url, kind) {
  const profile = newFolder();
  const first = await openBrowser(profile);
  await first.page.goto(url);
  await first.page.waitForSelector('.first');
  await first.page.evaluate(() => navigator.serviceWorker.ready);
  if (kind !== 'empty') await fill(first.page, kind === 'year');
  const counts = await first.page.evaluate(counted);
  await first.close();
  const second = await openBrowser(profile);
  await second.page.goto(url);
  await second.page.waitForSelector(kind === 'empty' ? '.first' : '.progress');
  await second.page.waitForTimeout(2000);
  await second.close();
  return { profile, counts };
}

async function once(url, prepared) {
  const profile = newFolder();
  cpSync(prepared, profile, { recursive: true });
  const { page, close } = await openBrowser(profile);
  try {
    await page.addInitScript(watch);
    await throttle(page);
    // The browser's own start is over by now.
    await page.waitForTimeout(400);
    await page.goto(url);
    await page.waitForFunction(() => window.bench);
    const seen = await page.evaluate(() => window.bench);
    if (!seen.isControlled) throw new Error('the service worker was not in charge');
    return seen;
  } finally {
    await close();
    dropFolder(profile);
  }
}

export async function run() {
  const server = await serve({ dir: dist, port: 9480 });
  const kinds = ['year', 'shops', 'empty'];
  const seen = { year: [], shops: [], empty: [] }, prepared = {};
  try {
    for (const kind of kinds) prepared[kind] = await prepare(server.url, kind);
    // Uncounted: the copies' files come from the disk once.
    for (const kind of kinds) await once(server.url, prepared[kind].profile);
    for (let turn = 0; turn < REPETITIONS; turn += 1) {
      for (const kind of turn % 2 ? kinds.toReversed() : kinds) seen[kind].push(await once(server.url, prepared[kind].profile));
    }
  } finally {
    for (const { profile } of Object.values(prepared)) dropFolder(profile);
    await server.close();
  }
  const times = (kind, what) => seen[kind].map((each) => each[what]);
  const [year, shops, empty] = kinds.map((kind) => times(kind, 'painted'));
  const line = (kind) => `${spread(times(kind, 'painted'))}; of it until the content was in the document ${median(times(kind, 'inserted')).toFixed(0)} ms`;
  console.log(`\n# Warm start with a year of visits beside one with an empty database, ${THROTTLE}× CPU throttle (main thread only), service worker in charge, a copy of the profile each time, interleaved`);
  console.log('  navigation start → second frame after the content of Today came');
  console.log(`  in the year's database: ${prepared.year.counts}`);
  console.log(`  a year of visits              ${line('year')}`);
  console.log(`  the same shops without past   ${line('shops')}`);
  console.log(`  empty                         ${line('empty')}`);
  console.log(`  ratio, year ÷ empty           ${ratioOf(year, empty)}; goal ${GOAL}×`);
  console.log(`  ratio, year ÷ without past    ${ratioOf(year, shops)}: the same screen`);
  return [
    ['warm start with a year of visits', spread(year), `empty ${spread(empty)}`],
    ['start with a year of visits ÷ empty', ratioOf(year, empty), `goal ${GOAL}×; ÷ the same shops without a past ${ratioOf(year, shops)}`],
  ];
}

if (isMain(import.meta.url)) await asScript(run);
