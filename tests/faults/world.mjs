// What every line of the fault run stands on: numbers that a seed repeats, a device that can be killed and opened again, a visit saved
// as a rep saves it, everything on its disk, and a judgement of that by what the rep was told.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, Stage, dropProfile, host, importList, newProfile } from '../e2e/harness.mjs';

export { host };

/** mulberry32: the same seed, the same numbers. */
export class Random {
  constructor(seed) { this.state = seed >>> 0; }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let bits = this.state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }
  /** From `low` to `high`, both possible. */
  int(low, high) { return low + Math.floor(this.next() * (high - low + 1)); }
  pick(list) { return list[this.int(0, list.length - 1)]; }
}

/** A line says with this that the machine does not allow it. */
export class Skipped extends Error {
  name = 'Skipped';
}

/** Whether the built site keeps a safety copy beside the database. */
export const hasTwin = () => readdirSync(DIST).some((name) => name.endsWith('.wasm') && readFileSync(join(DIST, name)).includes('shelfwise.canary'));
export const needTwin = () => { if (!hasTwin()) throw new Skipped('this build keeps no safety copy'); };

export const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

const FEATURES = 'IdbSqliteBackingStore,IdbSqliteOnDiskRollout';
/** What Chromium keeps IndexedDB in: both are in the field. */
export const ENGINES = { leveldb: `--disable-features=${FEATURES}`, sqlite: `--enable-features=${FEATURES}` };

/** Says so where a protection is taken out of the test build. */
const sabotage = (what) => { window.SABOTAGE = what; };

/** A phone: a profile on disk and the browser that runs on it. */
export class Device {
  constructor(server, { engine = 'leveldb', profile = newProfile(), ...options } = {}) {
    Object.assign(this, { server, engine, profile, options, stage: null });
  }

  /** Starts the browser; the page is empty until the first `go`. */
  async open(options = {}) {
    const settings = { ...this.options, ...options };
    const args = [ENGINES[this.engine], ...(settings.args ?? [])];
    this.stage = await Stage.open({ profile: this.profile, server: this.server, ...settings, args });
    // Several lines share the machine.
    this.stage.context.setDefaultTimeout(20_000);
    if (process.env.FAULTS_SABOTAGE) await this.stage.context.addInitScript(sabotage, process.env.FAULTS_SABOTAGE);
    return this.stage;
  }

  get page() { return this.stage.page; }

  /** The browser process itself. */
  pid() {
    const found = execFileSync('pgrep', ['-f', this.profile], { encoding: 'utf8' }).trim().split('\n').map(Number);
    return found.find((pid) => {
      const path = `/proc/${pid}/cmdline`;
      const command = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return command.includes(`--user-data-dir=${this.profile}`) && !command.includes('--type=');
    });
  }

  /** Kills the browser with all its processes, without a word beforehand. */
  async kill() {
    const gone = this.stage.context.waitForEvent('close', { timeout: 20_000 });
    const pid = this.pid();
    const group = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[2]);
    process.kill(-group, 'SIGKILL');
    await gone;
  }

  close() { return this.stage?.close().catch(() => {}); }

  async drop() {
    await this.close();
    dropProfile(this.profile);
  }

  /** Closes the browser and starts it again: what is on the disk is all there is. */
  async reopen(options) {
    await this.close();
    const stage = await this.open(options);
    await stage.go();
    return stage;
  }

  /** Folders of the profile in which the site's data is: IndexedDB, local storage, files. */
  folders() {
    return ['IndexedDB', 'Local Storage', 'File System', 'WebStorage'].map((name) => join(this.profile, 'Default', name)).filter(existsSync);
  }

  /** The engine, by the files that are there. */
  engineSeen() {
    const names = readdirSync(join(this.profile, 'Default', 'IndexedDB'));
    if (names.some((name) => name.endsWith('.indexeddb.leveldb'))) return 'leveldb';
    return names.some((name) => /^https?_/.test(name)) ? 'sqlite' : 'none';
  }
}

// ---- a rep at work ----

export const PRODUCT = '晨牧 原味酸奶';
export const shopName = (at) => `第${String(at).padStart(3, '0')}号店`;
const rows = (count, row) => Array.from({ length: count }, (_, at) => row(at)).join('\n');

/** So many shops, all due today, each counted a week ago: a count of less than 13 now makes an order. */
export async function stock(stage, shops) {
  await importList(stage, `店名,编号,路线日\n${rows(shops, (at) => `${shopName(at)},C${at},周二`)}\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价\n${PRODUCT},P1,杯,12,4.5\n`);
  await importList(stage, `日期,客户编号,商品编号,前线\n${rows(shops, (at) => `2026-11-10,C${at},P1,20`)}\n`);
}

/** From where a pill starts the next shop's visit (Today or a receipt) into its count. */
export async function beginNext(page, timeout = 20_000) {
  await page.locator('.start-pill').click({ timeout });
  await page.waitForSelector('.visit', { timeout });
  return toCounting(page);
}

/** In a visit that was just begun: to the first product. The shop's name. */
export async function toCounting(page) {
  const shop = await page.locator('.visit h1').innerText();
  if (!await page.locator('[id^=front-]').count()) await page.locator('.steps button').nth(2).click();
  if (!await page.locator('[id^=front-]').count()) await page.locator('.count-open').first().click();
  return shop;
}

export async function type(page, front) {
  await page.locator('[id^=front-]').first().fill(String(front));
  await page.locator('[id^=cases-]').first().fill('0');
  await page.locator('[id^=loose-]').first().fill('0');
}

export async function toFinish(page) {
  await page.locator('.steps button').nth(3).click();
  await page.locator('#visit-finish').waitFor();
}

/** The only word that counts: the receipt says that it is kept on this device. */
export const told = (page, timeout = 20_000) => page.locator('.done-head', { hasText: '已存在本机' }).waitFor({ timeout });

/** A whole visit of the next shop. What is known of it is written into `note` as it becomes known. */
export async function saveNext(page, front, note = {}) {
  note.shop = await beginNext(page);
  await type(page, front);
  note.front = front;
  await toFinish(page);
  await page.locator('#visit-finish').click();
  await told(page);
  note.isTold = true;
  return note;
}

// ---- what is there ----

/** Everything on disk as it stands: rows by store, bodies read. */
export async function onDisk(page) {
  const raw = await page.evaluate(async () => {
    const wait = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
    const database = await wait(indexedDB.open('shelfwise'));
    const all = {};
    for (const store of database.objectStoreNames) all[store] = await wait(database.transaction(store).objectStore(store).getAll());
    database.close();
    return all;
  });
  const read = (body) => { try { return JSON.parse(body); } catch { return body; } };
  return Object.fromEntries(Object.entries(raw).map(([store, rows]) => [store, rows.map((row) => ({ ...row, body: read(row.body) }))]));
}

/** What is wrong with what is there, given what the rep was told: visits as `{shop, front}`. */
export function judge(disk, acknowledged) {
  const wrong = [];
  const of = (store) => new Map(disk[store].map((row) => [row.id, row.body]));
  const [orders, dispatches, summaries] = [of('orders'), of('dispatches'), of('summaries')];
  const shops = new Map(disk.customers.map((row) => [row.body.fields.name, row.id]));
  const own = disk.visits.map((row) => row.body).filter((visit) => visit.on >= '2026-11-17' && !visit.envelope.deleted);
  const byShop = new Map();
  for (const visit of own) byShop.set(visit.customer, [...(byShop.get(visit.customer) ?? []), visit]);
  for (const { shop, front } of acknowledged) {
    const [visit] = byShop.get(shops.get(shop)) ?? [];
    if (!visit) wrong.push(`lost: the visit of ${shop}, which was said to be saved`);
    else if (visit.lines[0]?.count.front !== front) wrong.push(`lost: ${shop} says ${JSON.stringify(visit.lines[0]?.count)}, not ${front}`);
  }
  for (const visit of own) {
    const summary = summaries.get(visit.customer);
    if (!visit.order || !orders.has(visit.order)) wrong.push(`partial: visit ${visit.id} without its order`);
    else if (!dispatches.has(visit.order)) wrong.push(`partial: order ${visit.order} without its way to the warehouse`);
    if (summary?.last_visit?.id !== visit.id && summary?.last_visit?.on !== visit.on && summary?.last_visit !== visit.on) wrong.push(`partial: the summary does not know visit ${visit.id}: ${JSON.stringify(summary?.last_visit)}`);
    if (disk.drafts.some((row) => row.id === `visit:${visit.id}`)) wrong.push(`partial: visit ${visit.id} is finished and in hand`);
    if (byShop.get(visit.customer).length > 1) wrong.push(`doubled: ${byShop.get(visit.customer).length} visits of ${visit.customer}`);
  }
  if (wrong.length) wrong.push(`there is: ${Object.entries(disk).map(([store, rows]) => `${store} ${rows.length}`).join(', ')}`);
  const visits = of('visits');
  for (const [id, order] of orders) if (order.visit && !visits.has(order.visit)) wrong.push(`partial: order ${id} without its visit`);
  for (const id of dispatches.keys()) if (!orders.has(id)) wrong.push(`partial: a way to the warehouse without order ${id}`);
  return wrong;
}

/** Waits until the app stands; where it says that data is missing, everything is brought back from the journal. Whether it was. */
export async function recover(stage) {
  const { page } = stage;
  await page.locator('#recovery, .start-pill, .first, .visit, .page-head').first().waitFor();
  if (!await page.locator('#recovery').count()) return false;
  await page.locator('#recover-journal').click();
  await page.locator('#recovered').waitFor({ timeout: 30_000 });
  await stage.go();
  return true;
}

/** Waits until the safety copy has everything: after an import it is made anew, which takes a moment. */
export async function twinIsWhole(stage) {
  await stage.go('data');
  await stage.page.locator('#twin-state[data-state=whole]').waitFor({ timeout: 60_000 });
}

/** How many bytes are put by for the day the disk is full. */
export const ballast = (page) => page.evaluate(async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('shelfwise').catch(() => null);
  const file = await folder?.getFileHandle('ballast').then((handle) => handle.getFile(), () => null);
  return file?.size ?? 0;
});

/** What `ask` answers once that is something. */
export async function until(ask, otherwise, wait = 20_000) {
  for (const end = Date.now() + wait; ; await pause(100)) {
    const answer = await ask();
    if (answer) return answer;
    assert.ok(Date.now() < end, otherwise);
  }
}

/** A shop's page, found as the rep finds it. */
export async function toShop(stage, shop) {
  await stage.go('customers');
  await stage.page.locator('.search input').first().fill(shop);
  await stage.page.locator('.listing a.row', { hasText: shop }).first().click();
  await stage.page.waitForSelector('.doings');
}

/** The screen shows the visit of a shop. */
export async function showsVisit(stage, shop) {
  await toShop(stage, shop);
  await stage.page.locator('.timeline-row', { hasText: '订 1 品' }).first().waitFor();
}

export const assertNothing = (wrong) => assert.deepEqual(wrong.length > 12 ? [...wrong.slice(0, 12), `and ${wrong.length - 12} more`] : wrong, []);
