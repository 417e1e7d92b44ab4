// Backup and restore as a person does them: the file that goes out is whole and documented, what is wiped comes back the same, a wrong
// file changes nothing, and what a restore replaced can be taken back.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { problems } from '../schema/backup.mjs';
import { JUICE, NEXT_WEEK, SHOP, Stage, YOGURT, count, downloaded, finish, host, importList, kept, order, says, scene, seed, startVisit, stores, text, withAClock } from './harness.mjs';

const file = (name, body) => ({ name, mimeType: 'application/json', buffer: Buffer.isBuffer(body) ? body : Buffer.from(body) });

/** The backup file that the page makes. */
async function backUp(stage) {
  await stage.go('data');
  return (await downloaded(stage.page, () => stage.page.locator('#backup-now').click())).bytes.toString();
}

/** Chooses a file to restore and waits for what the app says of it. */
async function choose(stage, body, name = 'shelfwise-backup.json') {
  await stage.go('data');
  await stage.page.setInputFiles('#restore-file', file(name, body));
  await stage.page.locator('.restore-preview, .restore-problem').first().waitFor({ timeout: 20000 });
}

async function restore(stage, body, how = 'replace') {
  await choose(stage, body);
  await stage.page.locator(`#restore-${how}`).click();
  await stage.page.waitForSelector('.restore-done');
}

async function wipe(stage) {
  await stage.go('data');
  await stage.page.locator('#wipe-open').click();
  await stage.page.fill('#wipe-word', await stage.page.locator('#wipe-word-wanted').innerText());
  await stage.page.locator('#wipe-now').click();
  await stage.page.waitForSelector('.first h2');
}

const dataOf = (body) => JSON.stringify(JSON.parse(body).data);
const hashOf = (data) => createHash('sha256').update(data).digest('hex');

/** The same file with its data changed, under a hash that fits. */
function forged(body, change) {
  const whole = JSON.parse(body);
  change(whole.data, whole);
  return JSON.stringify({ ...whole, sha256: hashOf(JSON.stringify(whole.data)), data: whole.data });
}

/** Two shops, one of them visited, and a form half typed. */
async function work(stage) {
  await seed(stage, { shops: `${SHOP},C1,周二\n红梅商店,C2,周三` });
  await startVisit(stage);
  await count(stage.page, YOGURT, { front: 8, cases: 0, loose: 0 });
  await order(stage.page, YOGURT, { cases: 2, loose: 0 });
  await finish(stage.page);
  await stage.go('customers/new');
  await stage.page.fill('#shop-name', '还没打完的店');
  await stage.page.waitForTimeout(700);
}

scene('A backup is whole, documented, and comes back to the byte', {}, async (stage, page) => {
  await work(stage);
  await startVisit(stage, '红梅商店');
  await count(page, JUICE, { front: 3 });
  await kept(page);
  const first = await backUp(stage);
  const whole = JSON.parse(first);
  assert.deepEqual(problems(first), []);
  assert.equal(whole.format, 'shelfwise-backup');
  assert.equal(whole.scope, 'everything');
  assert.equal(whole.sha256, hashOf(JSON.stringify(whole.data)));
  assert.deepEqual([whole.counts.customers, whole.counts.products, whole.counts.visits, whole.counts.orders, whole.counts.drafts], [2, 3, 1, 1, 2]);
  assert.match(whole.exported_at, /^2026-11-17T14:\d\d:\d\d\+08:00$/);
  assert.equal(whole.data.customers[0].envelope.rev, 1);
  await says(page.locator('.handed'), 'shelfwise-backup-');
  await says(page.locator('.backup h2'), '今天备份过');

  const before = await stores(page);
  await wipe(stage);
  const empty = await stores(page);
  for (const store of ['customers', 'products', 'visits', 'orders', 'drafts', 'safety']) assert.equal(empty[store], 0, store);
  await restore(stage, first);
  const after = await stores(page);
  delete before.safety, delete after.safety, delete before.meta, delete after.meta;
  assert.deepEqual(after, before);
  assert.equal(dataOf(await backUp(stage)), dataOf(first), 'export → wipe → import → export: the same bytes');
  // The visit in hand and the half-typed form are where they were.
  await stage.go();
  await page.locator('.card a, a.card, a.row', { hasText: '红梅商店' }).first().click();
  await page.waitForSelector('.visit');
  await stage.go('customers/new');
  await page.locator('#shop-name').waitFor();
  assert.equal(await page.inputValue('#shop-name'), '还没打完的店');
});

scene('The demonstration goes out and comes back too, and its file passes the schema', {}, async (stage, page) => {
  await stage.go();
  await page.locator('.first-actions button').click();
  await page.waitForSelector('.progress');
  const first = await backUp(stage);
  assert.deepEqual(problems(first), []);
  await wipe(stage);
  await restore(stage, first);
  assert.equal(dataOf(await backUp(stage)), dataOf(first));
});

scene('The same file twice changes nothing, pretty-printed or not', {}, async (stage, page) => {
  await work(stage);
  const first = await backUp(stage);
  for (const body of [first, JSON.stringify(JSON.parse(first), null, 2).replaceAll('\n', '\r\n'), `\ufeff${first}`]) {
    await choose(stage, body);
    await says(page.locator('.restore-preview'), '和这台设备上的一样');
    assert.equal(await page.locator('#restore-replace, #restore-add').count(), 0);
  }
  assert.equal(await page.locator('.safety-copy').count(), 0, 'nothing was restored');
  assert.equal(dataOf(await backUp(stage)), dataOf(first));
});

scene('What would change is shown by kind; adding leaves what is here, replacing does not, and both are taken back', {}, async (stage, page) => {
  await work(stage);
  const old = await backUp(stage);
  await importList(stage, '店名,编号\n红梅商店改名了,C2\n新开的店,C3\n');
  const edited = await backUp(stage);
  const lost = forged(old, (data) => { data.customers[1].fields.note = '备份里的备注'; });
  // Only in the file: nothing. Different: one shop. Only here: one shop.
  await choose(stage, lost);
  const row = page.locator('.restore-lists tr', { hasText: '客户' });
  assert.equal(await text(row), '客户 2 – 1 1');
  assert.equal(await page.locator('#restore-add').count(), 0, 'nothing is missing');
  await page.locator('#restore-cancel').click();
  await page.waitForSelector('.backup');
  assert.equal(dataOf(await backUp(stage)), dataOf(edited), 'looking changes nothing');

  await restore(stage, lost);
  assert.equal(dataOf(await backUp(stage)), dataOf(lost), 'replaced');
  await page.locator('#take-back').click();
  await page.waitForSelector('.restore-done');
  assert.equal(dataOf(await backUp(stage)), dataOf(edited), 'taken back');
  await page.locator('#take-back').click();
  await page.waitForSelector('.restore-done');
  assert.equal(dataOf(await backUp(stage)), dataOf(lost), 'and taken back again');

  await restore(stage, edited, 'add');
  const names = JSON.parse(await backUp(stage)).data.customers.map((shop) => shop.fields.name);
  assert.deepEqual(names.sort(), [SHOP, '红梅商店', '新开的店'].sort());
});

scene('A visit that is missing here is added, and the shop knows of it', {}, async (stage, page) => {
  await seed(stage);
  const before = await backUp(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 8, cases: 0, loose: 0 });
  await order(page, YOGURT, { cases: 2, loose: 0 });
  await finish(page);
  const after = await backUp(stage);
  await restore(stage, before);
  await stage.go('customers');
  await says(page.locator('.listing .row'), SHOP);
  await restore(stage, after, 'add');
  const now = JSON.parse(await backUp(stage)).data;
  const then = JSON.parse(after).data;
  assert.deepEqual(now.visits, then.visits);
  assert.deepEqual(now.orders, then.orders);
  const { envelope: _, ...summary } = now.summaries[0];
  const { envelope: __, ...expected } = then.summaries[0];
  assert.deepEqual(summary, expected);
  await stage.at(NEXT_WEEK);
  await startVisit(stage);
  await count(page, YOGURT, { front: 10, cases: 0, loose: 0 });
  await says(page.locator('.count-row', { hasText: YOGURT }), '8');
});

scene('A wrong file is refused with its reason and changes nothing', {}, async (stage, page) => {
  await work(stage);
  const good = await backUp(stage);
  const before = await stores(page);
  const golden = readFileSync(new URL('../golden-backups/1.json', import.meta.url), 'utf8');
  const cases = [
    ['empty.json', '', '空'],
    ['list.csv', '店名,编号\n惠民,C1\n', '不是架上有数的备份'],
    ['photo.json', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]), '不是架上有数的备份'],
    ['other.json', '{"name":"package","version":1}', '不是架上有数的备份'],
    ['tables.zip', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0, 0]), '压缩包'],
    ['cut.json', good.slice(0, good.length * 0.6), '不完整'],
    ['changed.json', good.replace(SHOP, `${SHOP}甲`), '改过'],
    ['newer.json', good.replace('"version":1', '"version":2').replace('"app_version":"0.1.0"', '"app_version":"7.0.0"'), '7.0.0'],
    ['half-new.json', forged(good, (data) => { data.visits[0].v = 99; }), '更新的版本'],
    ['twice.json', forged(good, (data, whole) => { data.visits.push(data.visits[0]); whole.counts.visits += 1; }), '相同'],
    ['orphan.json', forged(good, (data, whole) => { data.customers.splice(0, 1); whole.counts.customers -= 1; }), '不在文件里'],
    ['huge-number.json', forged(good, (data) => { data.visits[0].lines[0].count.front = 9e15; }), '超出范围'],
    ['float.json', forged(good, (data) => { data.visits[0].lines[0].count.front = 1.5; }), '读不出来'],
    ['script.json', forged(good, (data) => { data.customers[0].fields = { name: '<img src=x onerror=alert(1)>' }; }), '读不出来'],
    ['counts.json', good.replace('"products":3', '"products":4'), '条数'],
    ['raw.json', '{"format":"shelfwise-raw","layout":2,"stores":{}}', '原始数据'],
    ['deep.json', `{"format":"shelfwise-backup","version":1,"data":${'['.repeat(100000)}`, '坏了'],
  ];
  for (const [name, body, words] of cases) {
    await choose(stage, body, name);
    const said = await text(page.locator('.restore-problem'));
    assert.ok(said.includes(words), `${name}: ${said}`);
    assert.deepEqual(await stores(page), before, name);
  }
  assert.equal(dataOf(await backUp(stage)), dataOf(good));
  // A backup of the first version is read.
  await choose(stage, golden);
  await says(page.locator('.restore-preview'), '备份完好');
});

scene('A file of 300 MB is refused at once', {}, async (stage, page) => {
  await stage.go('data');
  // Made in the page: nobody sends 300 MB through a test.
  await page.evaluate(() => {
    const parts = [new Blob(['{"format":"shelfwise-backup",']), ...Array.from({ length: 30 }, () => new Blob([new Uint8Array(10_000_000)]))];
    const chosen = new DataTransfer();
    chosen.items.add(new File(parts, 'big.json', { type: 'application/json' }));
    const input = document.getElementById('restore-file');
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await says(page.locator('.restore-problem'), '250 MB');
});

scene('Names in a file are text, whatever they hold', {}, async (stage, page) => {
  await work(stage);
  const nasty = '<img src=x onerror="document.title=\'hit\'"> =1+1 \u202e';
  const body = forged(await backUp(stage), (data) => { data.customers[0].fields.name = nasty; });
  await restore(stage, body);
  await stage.go('customers');
  await says(page.locator('.listing .row'), '<img src=x');
  assert.equal(await page.locator('.listing img').count(), 0);
  assert.notEqual(await page.title(), 'hit');
});

scene("One shop's file goes to a colleague and only adds", {}, async (stage, page) => {
  await work(stage);
  await stage.go('customers');
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('.doings a', { hasText: '交接文件' }).click();
  const { name, bytes } = await downloaded(page, () => page.locator('#shop-file').click());
  assert.match(name, /^shelfwise-惠民副食-建设路店-2026-11-17\.json$/);
  const body = bytes.toString();
  assert.deepEqual(problems(body), []);
  const { scope, counts } = JSON.parse(body);
  assert.equal(scope, 'customer');
  assert.deepEqual([counts.customers, counts.visits, counts.orders, counts.settings, counts.drafts], [1, 1, 1, 0, 0]);
  await says(page.locator('.handed'), '.json');
  await wipe(stage);
  await importList(stage, '店名,编号\n同事自己的店,X1\n');
  await choose(stage, body);
  await says(page.locator('.restore-preview'), '只会添加');
  assert.equal(await page.locator('#restore-replace').count(), 0);
  await page.locator('#restore-add').click();
  await page.waitForSelector('.restore-done');
  const now = JSON.parse(await backUp(stage)).data;
  assert.deepEqual(now.customers.map((shop) => shop.fields.name).sort(), ['同事自己的店', SHOP].sort());
  assert.equal(now.visits.length, 1);
  await choose(stage, body);
  await says(page.locator('.restore-preview'), '这里都有了');
});

scene('The tables open without the app, and no cell of theirs can run', {}, async (stage, page) => {
  await work(stage);
  await importList(stage, '店名,编号\n=1+1 的店,C9\n');
  await stage.go('data');
  const { name, bytes } = await downloaded(page, () => page.locator('#tables-now').click());
  assert.match(name, /^shelfwise-tables-.*\.zip$/);
  const files = unzip(bytes);
  assert.deepEqual([...files.keys()], ['customers.csv', 'products.csv', 'visits.csv', 'counts.csv', 'orders.csv', 'README.txt']);
  assert.match(files.get('customers.csv'), /惠民副食·建设路店/);
  assert.match(files.get('customers.csv'), /'=1\+1 的店/);
  assert.match(files.get('visits.csv'), /2026-11-17/);
  assert.match(files.get('orders.csv'), /晨牧 原味酸奶 200g/);
  assert.match(files.get('README.txt'), /盘点/);
});

/** The files of a zip, read from its central directory. */
function unzip(bytes) {
  const files = new Map();
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [method, packed, names, extra, comment, from] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + names);
    const begin = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const body = bytes.subarray(begin, begin + packed);
    files.set(name, (method === 8 ? inflateRawSync(body) : body).toString('utf8'));
    at += 46 + names + extra + comment;
  }
  return files;
}

scene('Today says when a day of work is nowhere else, and a backup ends it', {}, async (stage, page) => {
  await work(stage);
  await stage.go();
  assert.equal(await page.locator('.backup-due').count(), 0, 'on the same day nobody is reminded');
  await stage.at(NEXT_WEEK);
  await stage.go();
  await says(page.locator('.backup-due'), '1 家的拜访只在这台设备上');
  await page.locator('.backup-due').click();
  await says(page.locator('.backup'), '该备份了');
  await downloaded(page, () => page.locator('#backup-now').click());
  await says(page.locator('.backup h2'), '今天备份过');
  await stage.go();
  await page.waitForSelector('.progress');
  assert.equal(await page.locator('.backup-due').count(), 0);
});

scene('Wiping asks for the word, offers a backup first, and Escape leaves everything', {}, async (stage, page) => {
  await work(stage);
  const before = await stores(page);
  await stage.go('data');
  await page.locator('#wipe-open').click();
  assert.ok(await page.locator('#wipe-now').isDisabled());
  await page.fill('#wipe-word', '删');
  assert.ok(await page.locator('#wipe-now').isDisabled());
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(await stores(page), before);
  await page.locator('#wipe-open').click();
  const { name } = await downloaded(page, () => page.locator('#wipe-backup').click());
  assert.match(name, /^shelfwise-backup-/);
  await page.locator('#wipe-open').click();
  await page.fill('#wipe-word', ' 删除 ');
  await page.locator('#wipe-word').press('Enter');
  await page.waitForSelector('.first h2');
  await stage.go('data');
  await says(page.locator('.backup h2'), '还没备份过');
});

scene('A restore on a full disk says so and changes nothing', { allowed: [/QuotaExceeded|full/] }, async (stage, page) => {
  await work(stage);
  const good = await backUp(stage);
  const other = forged(good, (data) => { data.customers[0].fields.note = '别的'; });
  // The worker's database says "full" at the end, as Chromium does.
  await stage.close();
  const full = await Stage.open({ allowed: [/QuotaExceeded|full|Broken/], server: await fullDiskServer() });
  try {
    await restore(full, good);
    const before = dataOf(await backUp(full));
    await choose(full, other);
    await full.page.evaluate(() => new BroadcastChannel('full-disk').postMessage('now'));
    await full.page.locator('#restore-replace').click();
    await says(full.page.locator('.banner'), '满');
    await full.page.evaluate(() => new BroadcastChannel('full-disk').postMessage('over'));
    assert.equal(dataOf(await backUp(full)), before);
  } finally {
    await full.close();
    await full.server.close();
  }
});

scene('Where the page is not served securely the hash is made by our own code, and is the same', { server: await ownHash() }, async (stage, page) => {
  await work(stage);
  const body = await backUp(stage);
  assert.deepEqual(problems(body), []);
  await choose(stage, body.replaceAll('},{', '},\n {'));
  await says(page.locator('.restore-preview'), '和这台设备上的一样');
});

/** A site whose worker has no cryptography of the browser's. */
async function ownHash() {
  const shim = Buffer.from("Object.defineProperty(crypto, 'subtle', { value: undefined });\n");
  const server = await host({ port: 9510, change: (body, path) => { const made = withAClock(body, path); return /^\/worker-[0-9a-f]+\.js$/.test(path) ? Buffer.concat([shim, made]) : made; } });
  after(() => server.close());
  return server;
}

/** A site whose worker hears when its disk is to be full. */
async function fullDiskServer() {
  const shim = Buffer.from(`
let isFull = false;
new BroadcastChannel('full-disk').onmessage = ({ data }) => { isFull = data === 'now'; };
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...rest) {
  if (isFull) throw new DOMException('the disk is full', 'QuotaExceededError');
  return put.apply(this, rest);
};
`);
  return host({ port: 9500, change: (body, path) => { const made = withAClock(body, path); return /^\/worker-[0-9a-f]+\.js$/.test(path) ? Buffer.concat([shim, made]) : made; } });
}

test('the newest golden backup passes the schema; older ones are read by way of their upgrades', () => {
  const folder = new URL('../golden-backups/', import.meta.url);
  const newest = Math.max(...readdirSync(folder).map((name) => parseInt(name, 10)));
  assert.deepEqual(problems(readFileSync(new URL(`${newest}.json`, folder), 'utf8')), []);
});

