// For each protection the moment in which nothing else helps: what the rep was told is there afterwards, or the app says that it is not.
// Short and without chance, so that each can be seen to fail where its protection is taken out.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Device, assertNothing, ballast, beginNext, host, judge, needTwin, onDisk, pause, recover, saveNext, stock, told, toFinish, twinIsWhole, type, until } from './world.mjs';
import { chooseFile, withAClock } from '../e2e/harness.mjs';
import { keepHandles } from './handle.mjs';

const DATABASE = 'IndexedDB';
const JOURNAL = 'File System';

/** A phone with some shops, all of which are in both copies; it shows Today. */
async function phone({ after }, options = {}, hosted = {}) {
  needTwin();
  const server = await host(hosted);
  after(() => server.close());
  const device = new Device(server, { allowed: [/./], ...options });
  after(() => device.drop());
  const stage = await device.open();
  await stock(stage, 5);
  await twinIsWhole(stage);
  await stage.go();
  return device;
}

/** Folders of a closed browser as they are now; `putBack` makes them so again. */
function keep(device, isWanted) {
  const kept = join(device.profile, 'kept');
  const own = () => device.folders().filter((folder) => isWanted(basename(folder)));
  own().forEach((folder) => cpSync(folder, join(kept, basename(folder)), { recursive: true }));
  return function putBack() {
    own().forEach((folder) => rmSync(folder, { recursive: true }));
    for (const name of readdirSync(kept)) cpSync(join(kept, name), join(device.profile, 'Default', name), { recursive: true });
  };
}

async function start(device) {
  const stage = await device.open();
  await stage.page.goto(stage.url);
  await stage.page.locator('#recovery, .start-pill').first().waitFor();
  return stage;
}

/** The database is deleted right after a word: the journal has it. */
async function journal(world) {
  const device = await phone(world);
  const saved = [await saveNext(device.page, 7)];
  await device.kill();
  rmSync(join(device.profile, 'Default', DATABASE), { recursive: true });
  const stage = await start(device);
  const isRecovered = await recover(stage);
  assertNothing(judge(await onDisk(stage.page), saved));
  assert.ok(isRecovered, 'it says that the database was gone');
  return 'database deleted right after a save: brought back';
}

/** Database and journal come back as they were some saves ago, and fit together: the canary knows better. */
async function canary(world) {
  const device = await phone(world);
  const saved = [await saveNext(device.page, 7)];
  await device.close();
  const putBack = keep(device, (name) => [DATABASE, JOURNAL].includes(name));
  await device.reopen();
  for (let left = 2; left > 0; left -= 1) saved.push(await saveNext(device.page, left));
  await device.close();
  putBack();
  const { page } = await start(device);
  if (!await page.locator('#recovery').count()) assertNothing(judge(await onDisk(page), saved).map((wrong) => `without a word ${wrong}`));
  await page.locator('#recovery').waitFor({ timeout: 1000 });
  return 'database and journal of 2 saves ago: said';
}

/** The power fails when only the journal is on the disk: the save comes back by itself. */
async function replay(world) {
  const device = await phone(world);
  const saved = [await saveNext(device.page, 7)];
  await device.close();
  const putBack = keep(device, (name) => name !== JOURNAL);
  await device.reopen();
  saved.push(await saveNext(device.page, 5));
  await device.close();
  putBack();
  const { page } = await start(device);
  let wrong = ['not looked at'];
  for (let left = 20; left > 0 && wrong.length; left -= 1) {
    await pause(500);
    wrong = judge(await onDisk(page), saved);
  }
  assertNothing(wrong);
  assert.equal(await page.locator('#recovery').count(), 0, 'one save is brought back without a question');
  return 'one save in the journal alone: brought back without a question';
}

/** Stops the worker for errands in its second write to a file, where the page says so. */
const STOPS = `addEventListener('message', ({ data }) => {
  if (!data?.stop) return;
  const write = FileSystemSyncAccessHandle.prototype.write;
  let written = 0;
  FileSystemSyncAccessHandle.prototype.write = function (...rest) { if (written++) for (;;); return write.apply(this, rest); };
});
`;
const withAStop = (body, path) => (/^\/worker-/.test(path) ? Buffer.concat([Buffer.from(STOPS), withAClock(body, path)]) : body);
function stopErrands() {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...message) {
    if (window.__stop) post.call(this, { stop: true });
    post.apply(this, message);
  };
}

/** The browser dies while the snapshot of an import is written: half of one is none, and the next start makes another. */
async function snapshot(world) {
  const device = await phone(world, { init: stopErrands }, { change: withAStop });
  const { stage, page } = device;
  const snapshots = () => page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('shelfwise');
    const names = [];
    for await (const name of folder.keys()) if (name.startsWith('snapshot-')) names.push(name);
    return names;
  });
  const before = await snapshots();
  await chooseFile(stage, '品名,编号,单位,每件数量,单价\n果町 鲜橙汁,P2,瓶,15,3.6\n');
  await page.evaluate(() => { window.__stop = true; });
  await page.locator('.form-foot .btn-primary').click();
  await page.waitForSelector('.import-done');
  for (let left = 40; left > 0 && (await snapshots()).every((name) => before.includes(name)); left -= 1) await pause(250);
  assert.ok((await snapshots()).some((name) => !before.includes(name)), 'a snapshot is begun');
  await pause(500);
  await device.kill();
  await device.reopen();
  await twinIsWhole(device.stage);
  await device.kill();
  rmSync(join(device.profile, 'Default', DATABASE), { recursive: true });
  const fresh = await start(device);
  assert.ok(await recover(fresh), 'it says that the database was gone');
  assert.equal((await onDisk(fresh.page)).products.length, 2, 'lost: a product that was imported, though the safety copy was said to be whole');
  return 'a snapshot broken off: made anew before the copy is called whole';
}

/** A visit goes missing in a database whose mark and size look well. */
async function audit(world) {
  const device = await phone(world);
  const saved = [await saveNext(device.page, 7), await saveNext(device.page, 6)];
  await twinIsWhole(device.stage);
  await device.page.evaluate(async () => {
    const wait = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
    const database = await wait(indexedDB.open('shelfwise'));
    const visits = database.transaction('visits', 'readwrite').objectStore('visits');
    const own = (await wait(visits.getAll())).find((row) => JSON.parse(row.body).on >= '2026-11-17');
    await wait(visits.delete(own.id));
    database.close();
  });
  await device.stage.go();
  const { page } = device;
  await page.locator('#recovery').waitFor().catch(() => {});
  if (!await page.locator('#recovery').count()) assertNothing(judge(await onDisk(page), saved).map((wrong) => `without a word ${wrong}`));
  assert.ok(await recover(device.stage), 'it says that a visit is gone');
  assertNothing(judge(await onDisk(page), saved));
  return 'a visit deleted in the database: said and brought back';
}

/** Stops the page where it asks the database for the next write of a store. */
function sleepInSave() {
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    if (mode === 'readwrite' && window.__sleep && [...stores].includes(window.__sleep)) {
      window.__sleep = null;
      // eslint-disable-next-line no-debugger
      debugger;
    }
    return transaction.call(this, stores, mode, ...rest);
  };
}

/** Writes a shop's note on its form. */
async function note(page, words) {
  await page.locator('#shop-name').waitFor();
  if (!await page.locator('#shop-note').isVisible()) await page.locator('.form-more summary').click();
  await page.fill('#shop-note', words);
  await page.locator('form button[type=submit]').first().click({ noWaitAfter: true });
}

/** A tab falls asleep within a save, another takes over and saves the same record; then the first wakes up. */
async function fence(world) {
  const device = await phone(world, { init: sleepInSave });
  const { stage, page } = device;
  const shop = (await onDisk(page)).customers[0].id;
  await stage.go(`customers/${shop}/edit`);
  const session = await stage.context.newCDPSession(page);
  await session.send('Debugger.enable');
  const asleep = new Promise((done) => { session.once('Debugger.paused', done); });
  await page.evaluate(() => { window.__sleep = 'customers'; });
  await note(page, '睡前');
  await asleep;
  const other = await stage.tab(`customers/${shop}/edit`);
  await other.locator('#take-over').click();
  await other.locator('.reader-banner').waitFor({ state: 'detached' });
  await note(other, '醒着');
  await other.locator('.doings').waitFor();
  await session.send('Debugger.resume');
  await page.locator('.reader-banner').waitFor();
  await pause(1000);
  const row = (await onDisk(other)).customers.find(({ id }) => id === shop);
  assert.equal(row.body.fields.note, '醒着', 'lost: what the tab that had taken over saved, by one that had slept');
  return 'a tab that woke up within its save wrote nothing';
}

/** The database gives up what it is to write: the word waits for it, and comes when it is there. */
async function wait(world) {
  const device = await phone(world, { init: keepHandles });
  const { stage, page } = device;
  await stage.go('settings');
  await page.locator('.choice', { hasText: '只用 1.5 法则' }).click();
  await page.evaluate(() => { window.__abort = 'settings'; });
  const form = page.locator('form').first();
  await form.locator('button[type=submit]').click();
  await form.filter({ hasText: '已存在这台设备上' }).waitFor();
  assert.equal((await onDisk(page)).settings.length, 1, 'lost: the choice that was said to be saved');
  return 'a save given up by the database: told when it was there';
}

/** The visit that was just finished is told, and there; the banner says why where it is not. */
async function isSaved(device, shop) {
  const { page } = device;
  await told(page).catch(async () => assert.fail(`lost: the finished visit is not saved: ${(await page.locator('.banner').allInnerTexts()).join(' ').replace(/\s+/g, ' ')}`));
  const fresh = await device.reopen();
  assertNothing(judge(await onDisk(fresh.page), [{ shop, front: 7 }]));
}

/** The browser closes the connection before a save. */
async function retry(world) {
  const device = await phone(world, { init: keepHandles });
  const { page } = device;
  const shop = await beginNext(page);
  await type(page, 7);
  await page.locator('.visit-status[data-kept=OnDisk]').waitFor();
  await toFinish(page);
  await page.evaluate(() => window.__handles.forEach((handle) => handle.close()));
  await page.locator('#visit-finish').click();
  await isSaved(device, shop);
  return 'connection closed before a save: saved at once';
}

/** The disk is full when a visit is finished. */
async function full(world) {
  const device = await phone(world);
  const { stage, page } = device;
  await until(() => ballast(page), 'no room was put by');
  const shop = await beginNext(page);
  await type(page, 7);
  await page.locator('.visit-status[data-kept=OnDisk]').waitFor();
  await toFinish(page);
  const session = await stage.context.newCDPSession(page);
  const origin = new URL(stage.url).origin;
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: Math.round(usage - 100_000) });
  // The browser remembers for half a minute how much room there was.
  await pause(31_000);
  await page.locator('#visit-finish').click();
  await isSaved(device, shop);
  return 'disk full at the finish: saved at once';
}

const MOMENTS = { journal, canary, replay, snapshot, audit, fence, wait, retry, ballast: full };
export const lines = Object.entries(MOMENTS).map(([name, play]) => ({ name: `moments-${name}`, play }));
