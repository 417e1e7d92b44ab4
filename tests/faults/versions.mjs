// Data of another version: newer than this app, which then says so, writes nothing and hands everything out; and older, whose layout is
// being changed when the browser is killed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { downloaded } from '../e2e/harness.mjs';
import { Device, beginNext, host, onDisk, pause, stock, told, toFinish, type } from './world.mjs';

const KILLS = 8;
const KINDS = ['customers', 'products', 'summaries', 'visits', 'orders', 'dispatches'];

/** Changes the database from a page of the site on which the app does not run. */
async function outside(stage, change, argument) {
  await stage.page.goto(`${stage.url}licences.txt`);
  return stage.page.evaluate(change, argument);
}

/** Raises `v` of a stored record by one. */
async function raise(store) {
  const wait = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
  const database = await wait(indexedDB.open('shelfwise'));
  const rows = database.transaction(store, 'readwrite').objectStore(store);
  const [row] = await wait(rows.getAll());
  const body = JSON.parse(row.body);
  body.v += 1;
  await wait(rows.put({ ...row, body: JSON.stringify(body) }));
  database.close();
  return row.id;
}

const count = (disk) => Object.fromEntries(Object.entries(disk).filter(([store]) => !['meta', 'safety'].includes(store)).map(([store, rows]) => [store, rows.length]));

/** The file of everything as it is. */
async function raw(page, press) {
  const file = JSON.parse((await downloaded(page, press)).bytes.toString());
  assert.equal(file.format, 'shelfwise-raw');
  return Object.fromEntries(Object.entries(file.stores).map(([store, rows]) => [store, rows]));
}

async function newerRecord(device, kind) {
  const { stage } = device;
  const id = await outside(stage, raise, kind);
  const before = await onDisk(stage.page);
  await stage.go();
  const { page } = stage;
  const isHeld = ['customers', 'products', 'summaries'].includes(kind) || (kind === 'dispatches' && before.dispatches.some((row) => row.id === id && row.unsent));
  if (isHeld) {
    await page.locator('.banner', { hasText: '新版本' }).first().waitFor().catch(async () => { throw new Error(`${kind}: not said; banners: ${(await page.locator('.banner').allInnerTexts()).join(' ')}; page: ${(await page.locator('body').innerText()).slice(0, 200)}`); });
    const file = await raw(page, () => page.locator('.banner button', { hasText: '导出' }).click());
    assert.deepEqual(count(file), count(before), `${kind}: the raw export has everything`);
    // Nothing is written over what this version does not understand.
    if (await page.locator('.start-pill').count()) {
      const shop = await beginNext(page).catch(() => null);
      if (shop) {
        await type(page, 3);
        await toFinish(page);
        await page.locator('#visit-finish').click();
        assert.equal(await told(page, 1200).then(() => true, () => false), false, `${kind}: nothing is said to be saved`);
      }
    }
  } else {
    await page.locator('h1').first().waitFor();
  }
  const after = await onDisk(page);
  assert.deepEqual({ ...count(after), drafts: 0 }, { ...count(before), drafts: 0 }, kind);
  assert.equal(after[kind].find((row) => row.id === id).body.v, before[kind].find((row) => row.id === id).body.v, `${kind}: the newer record is as it was`);
}

async function newer({ after }) {
  const server = await host();
  after(() => server.close());
  for (const kind of KINDS) {
    const device = new Device(server, { allowed: [/favicon/] });
    after(() => device.drop());
    const stage = await device.open();
    await stock(stage, 3);
    await stage.go();
    await beginNext(stage.page);
    await type(stage.page, 5);
    await toFinish(stage.page);
    await stage.page.locator('#visit-finish').click();
    await told(stage.page);
    await newerRecord(device, kind);
    await device.drop();
  }
  return `${KINDS.length} kinds of records of a newer version: said, handed out whole, not written over`;
}

async function newerLayout({ after }) {
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { allowed: [/VersionError|version/i] });
  after(() => device.drop());
  const stage = await device.open();
  const { page } = device;
  await stock(stage, 3);
  const before = await onDisk(page);
  await outside(stage, () => new Promise((done, failed) => {
    const opening = indexedDB.open('shelfwise', 99);
    opening.onupgradeneeded = () => opening.result.createObjectStore('of_the_future');
    opening.onsuccess = () => { opening.result.close(); done(); };
    opening.onerror = () => failed(opening.error);
  }));
  await page.goto(stage.url);
  const shown = page.locator('#static-page[data-why=newer]');
  await shown.waitFor();
  const file = await raw(page, () => shown.getByRole('button', { name: 'Export raw data' }).click());
  assert.deepEqual({ ...count(file), of_the_future: undefined }, { ...count(before), of_the_future: undefined });
  return 'a layout of a newer version: said, handed out whole';
}

/** A database of layout 1, with shops enough that changing it takes a while. */
async function makeOld([shops, golden]) {
  await new Promise((done, failed) => {
    const opening = indexedDB.open('shelfwise', 1);
    opening.onerror = () => failed(opening.error);
    opening.onupgradeneeded = () => {
      for (const name of ['customers', 'products', 'summaries', 'settings', 'visits', 'orders', 'drafts', 'meta']) {
        const store = opening.result.createObjectStore(name, { keyPath: 'id' });
        if (name === 'visits' || name === 'orders') store.createIndex('by_customer', 'customer');
      }
    };
    opening.onsuccess = () => {
      const database = opening.result;
      const writing = database.transaction(database.objectStoreNames, 'readwrite');
      const id = (kind, at) => `019a0000-0000-7000-8000-${kind}${String(at).padStart(11, '0')}`;
      const put = (store, row) => writing.objectStore(store).put(row);
      const product = golden.product.id;
      put('products', { id: product, body: JSON.stringify(golden.product) });
      for (let at = 0; at < shops; at += 1) {
        const [customer, visit, order] = [id('a', at), id('b', at), id('c', at)];
        put('customers', { id: customer, body: JSON.stringify({ ...golden.customer, id: customer, fields: { ...golden.customer.fields, name: `旧店${at}`, code: `O${at}` } }) });
        put('visits', { id: visit, customer, body: JSON.stringify({ ...golden.visit, id: visit, customer, order, corrects: null }) });
        put('orders', { id: order, customer, body: JSON.stringify({ ...golden.order, id: order, customer, visit, corrects: null }) });
      }
      writing.oncomplete = () => { database.close(); done(); };
      writing.onabort = () => failed(writing.error);
    };
  });
}

const golden = (name) => JSON.parse(readFileSync(new URL(`../golden/${name}.v1.json`, import.meta.url), 'utf8'));

async function older({ random, times, after }) {
  const server = await host();
  after(() => server.close());
  const shops = 1500;
  const records = { customer: golden('customer'), product: golden('product'), visit: golden('visit'), order: golden('order') };
  let cut = 0;
  for (let kill = 0; kill < KILLS * times; kill += 1) {
    const device = new Device(server, { engine: kill % 2 ? 'sqlite' : 'leveldb', allowed: [/favicon/] });
    after(() => device.drop());
    let stage = await device.open();
    await outside(stage, makeOld, [shops, records]);
    const start = stage.page.goto(stage.url, { waitUntil: 'commit' }).catch(() => {});
    await pause(random.int(40, 400));
    await device.kill();
    await start;
    stage = await device.open();
    const version = await outside(stage, () => indexedDB.databases().then((all) => all.find(({ name }) => name === 'shelfwise')?.version));
    if (version === 1) cut += 1;
    await stage.go();
    await stage.page.locator('.start-pill, .progress, .group, .timeline').first().waitFor();
    const there = count(await onDisk(stage.page));
    assert.deepEqual([there.customers, there.products, there.visits, there.orders], [shops, 1, shops, shops]);
    await stage.go('customers');
    await stage.page.locator('.search input').first().fill('旧店1499');
    await stage.page.locator('.listing a.row', { hasText: '旧店1499' }).first().click();
    await stage.page.locator('.timeline-row').first().waitFor();
    stage.assertClean();
    await device.drop();
  }
  return `${KILLS * times} kills while layout 1 was brought up, ${cut} before it was done: all is there`;
}

export const lines = [
  { name: 'versions-newer-record', play: newer },
  { name: 'versions-newer-layout', play: newerLayout },
  { name: 'versions-older-layout', play: older },
];
