// The daily copy into a folder that was picked once. The folder is a real one, in the browser's private file system: only the dialogue
// that picks it is stubbed, what the browser says of the permission, which a private folder always has, and a disk that is full.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { problems } from '../schema/backup.mjs';
import { SHOP, count, downloaded, host, importList, oneVisit, scene, text, withAClock } from './harness.mjs';

const moment = (date) => `2026-11-${date}T14:00:00+08:00`;
const copyOf = (date) => `shelfwise-copy-2026-11-${date}.json`;

// ---- the stubs ----

/** In the page: the tests say in `localStorage` what the rep and the browser do, and what was asked of them is counted there. */
function pickAndAllow() {
  const said = () => localStorage.getItem('test.permission') ?? 'granted';
  const counted = (name) => localStorage.setItem(name, Number(localStorage.getItem(name)) + 1);
  window.showDirectoryPicker = async (options) => {
    if (options?.mode !== 'readwrite') throw new TypeError('not asked for writing');
    if (!navigator.userActivation.isActive) throw new DOMException('Must be handling a user gesture', 'SecurityError');
    counted('test.picked');
    if (localStorage.getItem('test.calledOff')) throw new DOMException('The user aborted a request.', 'AbortError');
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(localStorage.getItem('test.folder') ?? 'picked', { create: true });
  };
  // A page without an address has no files.
  if (!window.FileSystemHandle) return;
  FileSystemHandle.prototype.queryPermission = async () => said();
  FileSystemHandle.prototype.requestPermission = async () => {
    if (!navigator.userActivation.isActive) throw new DOMException('User activation is required', 'SecurityError');
    counted('test.requested');
    if (said() === 'prompt') localStorage.setItem('test.permission', localStorage.getItem('test.answer'));
    return said();
  };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...message) {
    if (!/^\d+$/.test(message[0]?.[0])) post.call(this, { permission: said(), isFull: localStorage.getItem('test.isFull') === 'yes' });
    post.apply(this, message);
  };
}

/** In the worker, which the page tells the same. */
const HEAR_WHAT_IS_SAID = `
let permissionSaid = 'granted', folderIsFull = false;
addEventListener('message', ({ data }) => {
  permissionSaid = data?.permission ?? permissionSaid;
  folderIsFull = data?.isFull ?? folderIsFull;
});
FileSystemHandle.prototype.queryPermission = async () => permissionSaid;
const writeForReal = FileSystemWritableFileStream.prototype.write;
FileSystemWritableFileStream.prototype.write = async function (content) {
  if (!folderIsFull) return writeForReal.call(this, content);
  await writeForReal.call(this, content.slice(0, 100));
  throw new DOMException('The disk is full', 'QuotaExceededError');
};
`;
const isWorker = (path) => /^\/worker-[0-9a-f]+\.js$/.test(path);
const change = (body, path) => (isWorker(path) ? Buffer.concat([Buffer.from(HEAR_WHAT_IS_SAID), withAClock(body, path)]) : body);
const server = await host({ change });
after(() => server.close());
const stubbed = { server, init: pickAndAllow };

// ---- moves ----

/** What the rep and the browser will do from now on; null: nothing special. */
const willDo = (page, facts) => page.evaluate((facts) => {
  for (const [name, value] of Object.entries(facts)) value === null ? localStorage.removeItem(`test.${name}`) : localStorage.setItem(`test.${name}`, value);
}, facts);
const times = async (page, name) => Number(await page.evaluate((name) => localStorage.getItem(`test.${name}`), name));

/** The files in the folder and what is in them; none where the folder is gone. */
const inFolder = (page, folder = 'picked') => page.evaluate(async (folder) => {
  const root = await navigator.storage.getDirectory();
  const picked = await root.getDirectoryHandle(folder).catch(() => null);
  if (!picked) return null;
  const found = {};
  for await (const [name, file] of picked.entries()) {
    // The browser's own file beside one that is being written may be gone by now.
    const text = await file.getFile().then((there) => there.text()).catch((error) => { if (error.name !== 'NotFoundError') throw error; });
    if (text !== undefined) found[name] = text;
  }
  return found;
}, folder);
const names = async (page, folder) => Object.keys(await inFolder(page, folder) ?? {}).sort();

async function until(what, holds, patience = 15000) {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((over) => setTimeout(over, 100));
  }
  assert.fail(`waited in vain: ${what}`);
}

const card = (page, words) => page.locator('.folder', { hasText: words }).waitFor();

/** Presses the one button of the card and waits until a copy is there. */
async function copyNow(page) {
  await page.locator('#folder-copy').click();
  await page.locator('.folder [role=status]').waitFor();
}

async function pick(stage, page) {
  await stage.go('data');
  await card(page, '选文件夹');
  await copyNow(page);
}

/** Starts the app on a day and leaves it alone until all that a start does is long done. */
async function rest(stage, page, date) {
  await stage.at(moment(date));
  await stage.go();
  await page.waitForTimeout(6000);
}

/** Starts the app on a day and waits for the copy that it makes by itself. */
async function comeBack(stage, page, date) {
  await stage.at(moment(date));
  await stage.go();
  await until(copyOf(date), async () => (await inFolder(page))?.[copyOf(date)]);
  // What is old is removed behind it.
  await page.waitForTimeout(500);
}

async function wipe(stage, page) {
  await stage.go('data');
  await page.locator('#wipe-open').click();
  await page.fill('#wipe-word', await page.locator('#wipe-word-wanted').innerText());
  await page.locator('#wipe-now').click();
  await page.waitForSelector('.first h2');
}

async function restore(stage, page, body) {
  await stage.go('data');
  await page.setInputFiles('#restore-file', { name: 'copy.json', mimeType: 'application/json', buffer: Buffer.from(body) });
  await page.locator('#restore-replace').click();
  await page.waitForSelector('.restore-done');
}

async function backUp(stage, page) {
  await stage.go('data');
  return (await downloaded(page, () => page.locator('#backup-now').click())).bytes.toString();
}
const dataOf = (body) => JSON.stringify(JSON.parse(body).data);

/** Nothing was lost, so nothing is said of that. */
const noAlarm = async (page) => assert.equal(await page.locator('.banner').count(), 0, 'a warning that something was not saved');

const remove = (page, folder) => page.evaluate(async (folder) => (await navigator.storage.getDirectory()).removeEntry(folder, { recursive: true }), folder);

/** Writes a file into the folder past the app. */
const plant = (page, name, words) => page.evaluate(async ([name, words]) => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked');
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(words);
  await stream.close();
}, [name, words]);

// ---- tests ----

scene('A folder is picked once, a copy goes there, and what is in it brings everything back', stubbed, async (stage, page) => {
  await oneVisit(stage, page);
  await pick(stage, page);
  await card(page, `放好了：${copyOf(17)}`);
  await card(page, '文件夹“picked”，上次');
  const copy = (await inFolder(page))[copyOf(17)];
  assert.deepEqual(problems(copy), []);
  assert.equal(dataOf(copy), dataOf(await backUp(stage, page)), 'the same as a backup');
  await wipe(stage, page);
  await stage.go('data');
  await card(page, '选文件夹');
  await restore(stage, page, copy);
  assert.equal(dataOf(await backUp(stage, page)), dataOf(copy));
  await stage.go('customers');
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('.timeline-row').first().waitFor();
});

scene('Then a copy goes there once a day by itself, the newest two stay, and what else is in the folder stays too', stubbed, async (stage, page) => {
  await oneVisit(stage, page);
  await pick(stage, page);
  await plant(page, 'notes.txt', 'not ours');
  await plant(page, 'shelfwise-backup-2026-11-01-0900.json', 'taken by hand');
  // Not twice on one day: what stands there now is not written over.
  await plant(page, copyOf(17), 'x'.repeat(3000));
  await rest(stage, page, 17);
  assert.equal((await inFolder(page))[copyOf(17)], 'x'.repeat(3000), 'once a day');
  await comeBack(stage, page, 18);
  assert.deepEqual(problems((await inFolder(page))[copyOf(18)]), []);
  await stage.go('data');
  await card(page, '上次 11月18日');
  await comeBack(stage, page, 19);
  assert.deepEqual(await names(page), [copyOf(18), copyOf(19), 'notes.txt', 'shelfwise-backup-2026-11-01-0900.json'].sort());
  assert.equal(await times(page, 'picked'), 1, 'picked once');
});

scene('A copy with far less in it never takes the place of one with more, and the app says which one stays', stubbed, async (stage, page) => {
  await oneVisit(stage, page);
  await pick(stage, page);
  const large = (await inFolder(page))[copyOf(17)];
  assert.equal(await page.locator('.folder', { hasText: '留着不动' }).count(), 0);
  await wipe(stage, page);
  await importList(stage, '店名\n红梅商店\n');
  await pick(stage, page);
  let found = await names(page);
  assert.equal(found.length, 2);
  assert.match(found.find((name) => name !== copyOf(17)), /^shelfwise-copy-2026-11-17_\d+\.json$/);
  assert.equal((await inFolder(page))[copyOf(17)], large);
  await card(page, `${copyOf(17)} 少了很多，那一份留着不动`);
  // Nor do the days that follow.
  await comeBack(stage, page, 18);
  await comeBack(stage, page, 19);
  await comeBack(stage, page, 20);
  assert.deepEqual(await names(page), [copyOf(17), copyOf(19), copyOf(20)]);
  assert.equal((await inFolder(page))[copyOf(17)], large);
  await stage.go('data');
  await card(page, `${copyOf(17)} 少了很多，那一份留着不动`);
  // Once there is as much again it is a copy like any other.
  await restore(stage, page, large);
  await comeBack(stage, page, 21);
  await comeBack(stage, page, 22);
  assert.deepEqual(await names(page), [copyOf(21), copyOf(22)]);
  assert.equal(dataOf((await inFolder(page))[copyOf(22)]), dataOf(large));
  await stage.go('data');
  await card(page, '上次 11月22日');
  assert.equal(await page.locator('.folder', { hasText: '留着不动' }).count(), 0);
});

scene('After a restart that took the permission, nothing is written or asked until one tap', stubbed, async (stage, page) => {
  await oneVisit(stage, page);
  await pick(stage, page);
  await willDo(page, { permission: 'prompt', answer: 'denied' });
  await rest(stage, page, 18);
  assert.equal(await times(page, 'requested'), 0, 'never asked without a tap');
  await noAlarm(page);
  await stage.go('data');
  await card(page, '要再允许一次');
  await page.locator('#folder-copy', { hasText: '再允许一次' }).click();
  await until('asked', async () => await times(page, 'requested') === 1);
  await page.waitForTimeout(500);
  // Denied: it can be allowed later.
  await card(page, '要再允许一次');
  await noAlarm(page);
  await willDo(page, { permission: 'prompt', answer: 'granted' });
  await stage.go('data');
  await page.locator('#folder-copy', { hasText: '再允许一次' }).click();
  await card(page, `放好了：${copyOf(18)}`);
  await page.locator('#folder-copy', { hasText: '现在放一份' }).waitFor();
  assert.deepEqual(await names(page), [copyOf(17), copyOf(18)]);
  assert.equal(await times(page, 'picked'), 1, 'allowed, not picked again');
  await comeBack(stage, page, 19);
});

scene('A folder that was deleted is no alarm: the app says that it is gone, and another is picked with one tap', stubbed, async (stage, page) => {
  await oneVisit(stage, page);
  await pick(stage, page);
  // While the page is open.
  await remove(page, 'picked');
  await willDo(page, { folder: 'other' });
  const button = page.locator('#folder-copy');
  if (await button.filter({ hasText: '现在放一份' }).count()) await button.click();
  // The card says so of the folder before, too.
  await until('the copy is in the other folder', async () => (await names(page, 'other')).join() === copyOf(17));
  await card(page, `放好了：${copyOf(17)}`);
  // While it is not.
  await remove(page, 'other');
  await rest(stage, page, 18);
  await noAlarm(page);
  await stage.go('data');
  await card(page, '这个文件夹不在了');
  await willDo(page, { folder: 'third' });
  await page.locator('#folder-copy', { hasText: '选文件夹' }).click();
  await card(page, '文件夹“third”，上次');
  assert.deepEqual(await names(page, 'third'), [copyOf(18)]);
  assert.deepEqual([await inFolder(page, 'picked'), await inFolder(page, 'other')], [null, null], 'nothing is made anew unasked');
});

scene('A folder that is full is no alarm either, and the copy before stays whole', stubbed, async (stage, page) => {
  await oneVisit(stage, page);
  await pick(stage, page);
  const whole = (await inFolder(page))[copyOf(17)];
  await willDo(page, { isFull: 'yes' });
  await page.locator('#folder-copy').click();
  await page.locator('.folder [role=alert]', { hasText: '没放进去' }).waitFor();
  await noAlarm(page);
  assert.deepEqual(await inFolder(page), { [copyOf(17)]: whole });
  await rest(stage, page, 18);
  await noAlarm(page);
  assert.deepEqual(await inFolder(page), { [copyOf(17)]: whole }, 'no empty file takes a place');
  await willDo(page, { isFull: 'no' });
  await comeBack(stage, page, 18);
  // What a crash in the middle of a write leaves counts as no copy.
  await plant(page, copyOf(19), '');
  await plant(page, `${copyOf(19)}.crswap`, whole.slice(0, -100));
  await comeBack(stage, page, 20);
  assert.deepEqual(await names(page), [copyOf(18), copyOf(20)]);
});

scene('A dialogue that is called off changes nothing, and a folder that is given up is left alone', stubbed, async (stage, page) => {
  await oneVisit(stage, page);
  await willDo(page, { calledOff: 'yes' });
  await stage.go('data');
  await page.locator('#folder-copy').click();
  await until('asked', async () => await times(page, 'picked') === 1);
  await page.waitForTimeout(500);
  await card(page, '选文件夹');
  await noAlarm(page);
  assert.equal(await inFolder(page), null);
  await willDo(page, { calledOff: null });
  await copyNow(page);
  await page.locator('#folder-forget').click();
  await card(page, '选文件夹');
  await rest(stage, page, 18);
  assert.deepEqual(await names(page), [copyOf(17)]);
});

scene('A browser that lets no folder be picked shows nothing of it', { init: () => { delete window.showDirectoryPicker; } }, async (stage, page) => {
  await stage.go('data');
  await page.locator('.backup').waitFor();
  await page.locator('#wipe-open').waitFor();
  assert.equal(await page.locator('.folder, #folder-copy, #folder-forget').count(), 0);
});

scene('In English too', { ...stubbed, locale: 'en-GB' }, async (stage, page) => {
  await stage.go('data');
  await card(page, 'A copy in a folder every day');
  await page.locator('#folder-copy', { hasText: 'Pick a folder' }).click();
  await card(page, `Written: ${copyOf(17)}`);
  await card(page, 'Folder “picked”, last');
  await willDo(page, { permission: 'prompt' });
  await stage.go('data');
  await page.locator('#folder-copy', { hasText: 'Allow it again' }).waitFor();
  await willDo(page, { permission: 'granted' });
  await remove(page, 'picked');
  await stage.go('data');
  await card(page, 'not there any more');
  await page.locator('#folder-forget', { hasText: 'Stop using it' }).click();
  await page.locator('#folder-copy', { hasText: 'Pick a folder' }).waitFor();
});

test('Each word of it is there in both languages', () => {
  const [chinese, english] = ['zh-CN', 'en'].map((name) => JSON.parse(readFileSync(new URL(`../../locales/${name}.json`, import.meta.url))));
  const keys = Object.keys(english).filter((key) => key.startsWith('folder_'));
  assert.ok(keys.length >= 13, keys.join());
  assert.deepEqual(Object.keys(chinese).filter((key) => key.startsWith('folder_')), keys);
  for (const key of keys) {
    assert.ok(english[key].trim() && /\p{Script=Han}/u.test(chinese[key]), key);
    assert.deepEqual(english[key].match(/\{\w+\}/g)?.sort(), chinese[key].match(/\{\w+\}/g)?.sort(), key);
  }
});
