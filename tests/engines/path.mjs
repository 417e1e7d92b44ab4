// The app's main path, written once for every engine: a shop and a list, a visit, the same without a server, then everything backed
// up, wiped and restored. Each step is a test; it ends with nothing wrong in the page.
import assert from 'node:assert/strict';

/** The steps in their order: a name and what is done. */
export const steps = [];
const step = (name, play) => steps.push({ name, play });

const SHOP = '惠民副食·建设路店';
const YOGURT = '晨牧 原味酸奶 200g';
const PRODUCTS = `品名,编号,单位,每件数量,单价\n${YOGURT},P1,杯,12,4.5\n果町 鲜橙汁 450ml,P2,瓶,15,3.6\n`;
const weekAgo = new Date(Date.now() - 7 * 24 * 3600 * 1000).toISOString().slice(0, 10);
const COUNTS = `日期,客户编号,商品编号,前线,后线件数,后线零数\n${weekAgo},C1,P1,6,1,2\n`;

async function importList(page, path, list) {
  await page.open('import');
  await page.choose('#import-file', path(list));
  await page.waitFor('.facts-card');
  await page.click('.form-foot .btn-primary');
  await page.waitFor('.import-done');
}

/** From the list of shops to the shop's page. */
async function toShop(page) {
  await page.open('customers');
  await page.click('a.row', { text: SHOP });
  await page.waitFor('.start-pill');
}

const toStep = (page, number) => page.click(`.steps button:nth-child(${number})`);

/** From the shop's page into a visit, at its count. */
async function startVisit(page) {
  await page.click('.start-pill');
  await page.waitFor('.visit');
  await toStep(page, 3);
}

/** Counts the first line, the yogurt, by keys: Enter leads from the front to the cases and the loose ones of the back. */
async function count(page, front, cases, loose) {
  await page.click('[id^=front-], .count-open');
  for (const [place, figure] of Object.entries({ front, cases, loose })) {
    await page.focused(`[id^=${place}-]`);
    await page.type(String(figure));
    if (place !== 'loose') await page.press('Enter');
  }
}

async function finish(page) {
  await toStep(page, 4);
  await page.click('#visit-finish');
  await page.waitFor('.done-head');
}

/** How many visits are on disk. */
const visitsOnDisk = (page) => page.eval(async () => {
  const wait = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
  const database = await wait(indexedDB.open('shelfwise'));
  const visits = await wait(database.transaction('visits').objectStore('visits').count());
  database.close();
  return visits;
});

step('The first screen opens', async ({ page }) => {
  await page.open();
  await page.waitFor('.first-actions');
});

step('The service worker gets every file and answers for the page', async ({ page }) => {
  await page.until('a controlling service worker', () => navigator.serviceWorker.controller?.state === 'activated');
});

step('The first version is not announced as a new one', async ({ page }) => {
  assert.equal(await page.eval(() => window.shelfwise.updateWaits()), false);
  assert.equal(await page.eval(() => document.querySelectorAll('.banner').length), 0);
});

step('A shop is added by hand', async ({ page }) => {
  await page.click('.first-actions .btn-primary');
  await page.fill('#shop-name', SHOP);
  await page.click('.form-more summary');
  await page.fill('#shop-code', 'C1');
  await page.click('button[type=submit]');
  await page.waitFor('.start-pill');
  assert.equal(await page.text('h1'), SHOP);
});

step('A product list is imported from a file', async ({ page, file }) => {
  await importList(page, file, PRODUCTS);
  await page.open('products');
  await page.waitFor('.listing', YOGURT);
});

step('A past count is imported from a file', ({ page, file }) => importList(page, file, COUNTS));

step('A visit starts from the shop’s page', async ({ page }) => {
  await toShop(page);
  await startVisit(page);
});

step('Front and back are counted by keys, and the suggestion follows', async ({ page }) => {
  await count(page, 5, 0, 3);
  await page.waitFor('.tag-sum', '卖 12 × 1.5 − 现有 8 = 10');
  assert.equal(await page.text('.tag-figure'), '10杯');
  assert.equal(await page.text('.tag-amount'), '¥45.00');
});

step('The sheet says why, and Escape closes it', async ({ page }) => {
  await page.click('.tag-main');
  await page.waitFor('dialog .formula', '12 × 1.5');
  await page.press('Escape');
  await page.waitUntilGone('dialog');
});

step('The order is finished, with a receipt that it is saved', async ({ page }) => {
  await finish(page);
  await page.waitFor('.done-head', '已存在本机');
  await page.waitFor('.receipt', '¥45.00');
});

step('Today shows it done', async ({ page }) => {
  await page.open();
  await page.waitFor('.group', SHOP);
  await page.waitFor('.row-why', '今天已拜访');
});

for (const path of ['', 'customers', 'products', 'more', 'settings', 'import', 'orders', 'about', 'data']) {
  step(`/${path} opens`, ({ page }) => page.open(path));
}

step('A list is downloaded as a file', async ({ page }) => {
  await page.open('import');
  const { name, bytes } = await page.download(() => page.click('.actions .btn', { text: '客户' }));
  assert.match(name, /\.csv$/);
  assert.match(bytes.toString(), new RegExp(SHOP));
});

step('With the server closed a reload opens the app', async ({ page, site }) => {
  await toShop(page);
  await site.close();
  await page.reload();
  assert.equal(await page.text('h1'), SHOP);
});

step('The visit is still there', async ({ page }) => {
  await page.click('.timeline-row', { text: '¥45.00' });
  await page.waitFor('.receipt', '¥45.00');
});

step('Another visit is started, counted, ordered and finished without a server', async ({ page }) => {
  await toShop(page);
  await startVisit(page);
  await count(page, 9, 0, 4);
  await page.waitFor('.tag-sum', '一天 1 × 10.5 天 = 10.5，有 13 + 在途 10 够了');
  await page.click('.tag-change');
  await page.fill('#change-cases', '1');
  await page.click('dialog .choice');
  await page.click('dialog .btn-primary');
  await page.waitUntilGone('dialog');
  await finish(page);
  await page.waitFor('.receipt', '¥54.00');
});

step('With the server open again the app opens as before', async ({ page, site }) => {
  await site.open();
  await page.open();
  await page.waitFor('.group', SHOP);
});

step('A new version waits for a tap, then it is there and the old one is gone', async ({ page, site }) => {
  await site.close();
  await site.open({ version: 'feedfeedfeedfeed' });
  await page.eval(() => navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => true));
  await page.eval(() => { window.isOld = true; });
  await page.click('.banner button', { text: '换上新版本' });
  await page.until('the new version alone', async () => !window.isOld && String(await caches.keys()) === 'shelfwise-feedfeedfeedfeed');
  await page.rest();
  assert.equal(await page.eval(() => document.querySelectorAll('.banner').length), 0);
  await page.waitFor('.group', SHOP);
});

step('A backup is downloaded and has every visit', async ({ page, file, kept }) => {
  kept.visits = await visitsOnDisk(page);
  assert.ok(kept.visits >= 2, `${kept.visits} visits on disk`);
  await page.open('data');
  const { name, bytes } = await page.download(() => page.click('#backup-now'));
  const backup = JSON.parse(bytes);
  assert.equal(backup.counts.visits, kept.visits);
  kept.backup = file(bytes, name);
});

step('After a wipe the first screen is empty again', async ({ page }) => {
  await page.open('data');
  await page.click('#wipe-open');
  await page.fill('#wipe-word', await page.text('#wipe-word-wanted'));
  await page.click('#wipe-now');
  await page.waitUntilGone('#wipe-now');
  await page.rest();
  await page.open();
  await page.waitFor('.first-actions');
});

step('The backup is restored: the shop and its visits are back', async ({ page, kept }) => {
  await page.open('data');
  await page.choose('#restore-file', kept.backup);
  await page.waitFor('.restore-preview');
  await page.click('#restore-replace');
  await page.waitFor('.restore-done');
  assert.equal(await visitsOnDisk(page), kept.visits);
  await toShop(page);
  await page.click('.timeline-row', { text: '¥45.00' });
  await page.waitFor('.receipt', '¥45.00');
});
