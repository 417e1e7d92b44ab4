// The demonstration: there with one tap, gone with another, and never mixed up with what is real.
import assert from 'node:assert/strict';
import { count, exported, finish, importList, openLine, says, scene, stores, text, toStep } from './harness.mjs';

async function demo(stage, page) {
  await stage.go();
  await page.locator('.first-actions button').click();
  await page.waitForSelector('.progress', { timeout: 20_000 });
}

/** Removes it from More; what asks first is answered by the test. */
async function remove(stage, page) {
  await stage.go('more');
  await page.locator('.demo .btn').click();
}
const removed = (page) => says(page.locator('.demo [role=status]'), '示范数据已删除');

const lines = async (stage, list) => (await exported(stage, list)).toString().replace('\ufeff', '').trim().split(/\r?\n/);

/** A finished visit of the first shop in the list, with one count; gives the shop's name. */
async function realVisit(stage, page) {
  await stage.go('customers');
  await page.locator('.listing .row').first().click();
  await page.waitForSelector('.start-pill');
  const shop = await text(page.locator('h1'));
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  await toStep(page, 'count');
  const line = await page.locator('.count-row').first().evaluate((row) => row.querySelector('.count-name, .open-names h2').innerText);
  await openLine(page, line);
  await count(page, line, { front: 3 });
  await page.keyboard.press('Enter');
  await finish(page);
  return shop;
}

scene('One tap on the first screen makes 24 shops, 30 products and a day to work', {}, async (stage, page) => {
  await demo(stage, page);
  assert.match(await text(page.locator('.progress')), /^\d+ \/ \d+ 家/);
  await stage.go('customers');
  await says(page.locator('.page-head-note'), '24 家');
  await stage.go('products');
  await says(page.locator('.page-head-note'), '30 个');
  await stage.go('customers');
  await page.locator('.listing .row').first().click();
  await page.waitForSelector('.timeline-row');
});

scene('An export leaves the demonstration out', {}, async (stage, page) => {
  await demo(stage, page);
  await importList(stage, '店名,编号\n我自己的店,C1\n');
  const shops = await lines(stage, '客户');
  assert.equal(shops.length, 2);
  assert.match(shops[1], /我自己的店/);
  for (const list of ['商品', '订单明细', '点货记录']) assert.equal((await lines(stage, list)).length, 1, list);
});

scene('One tap removes all of it, on disk too, and the first screen is back', {}, async (stage, page) => {
  await demo(stage, page);
  const before = await stores(page);
  assert.ok(before.customers >= 24 && before.visits > 24 && before.orders > 24, JSON.stringify(before));
  await remove(stage, page);
  await removed(page);
  const { drafts: _drafts, meta: _meta, ...left } = await stores(page);
  assert.deepEqual(Object.entries(left).filter(([, records]) => records > 0), []);
  await stage.go();
  await page.waitForSelector('.first');
  await page.locator('.first-actions button').click();
  await page.waitForSelector('.progress', { timeout: 20_000 });
});

scene('What is real stays when the demonstration goes', {}, async (stage, page) => {
  await demo(stage, page);
  await importList(stage, '店名,编号\n我自己的店,C1\n');
  await remove(stage, page);
  await removed(page);
  await stage.go('customers');
  assert.deepEqual(await page.locator('.listing .row-name').allInnerTexts(), ['我自己的店']);
});

scene('A demo shop with a real visit asks first; keeping keeps everything, deleting deletes that shop too', {}, async (stage, page) => {
  await demo(stage, page);
  const shop = await realVisit(stage, page);
  const before = await stores(page);
  await remove(stage, page);
  await says(page.locator('dialog'), '这些示范店里有你自己的拜访');
  await says(page.locator('dialog li'), shop);
  await page.locator('dialog .btn', { hasText: '先不删' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(await stores(page), before);
  await remove(stage, page);
  await page.locator('dialog .btn', { hasText: '都删掉' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await removed(page);
  const { drafts: _drafts, meta: _meta, ...left } = await stores(page);
  assert.deepEqual(Object.entries(left).filter(([, records]) => records > 0), []);
});

scene('A real visit at a shop of one\'s own that counted demo products still reads after they are gone', {}, async (stage, page) => {
  await demo(stage, page);
  await importList(stage, '店名,编号,路线日\n我自己的店,C1,周二\n');
  await stage.go('customers');
  await page.locator('.listing .row', { hasText: '我自己的店' }).click();
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  await toStep(page, 'count');
  const line = await text(page.locator('.open-names h2').first());
  await count(page, line, { front: 3, cases: 0, loose: 0 });
  await finish(page);
  const receipt = page.url();
  await remove(stage, page);
  const asked = page.locator('dialog');
  await Promise.race([asked.waitFor(), removed(page)]);
  assert.equal(await asked.count(), 0);
  await page.goto(receipt);
  await page.waitForSelector('.done-head');
  await page.locator('details.counts summary').click();
  await says(page.locator('.counts th'), line);
});

scene('A visit in hand at a demo shop does not stand in the way of removing it', {}, async (stage, page) => {
  await demo(stage, page);
  await stage.go('customers');
  await page.locator('.listing .row').first().click();
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  await toStep(page, 'count');
  const line = await text(page.locator('.open-names h2').first());
  await count(page, line, { front: 3 });
  await page.waitForSelector('.visit-status[data-kept=OnDisk]');
  await remove(stage, page);
  await Promise.race([page.locator('dialog').waitFor(), removed(page)]);
  if (await page.locator('dialog').count()) return; // It asked, because there is work in that shop.
  await stage.go();
  await page.waitForSelector('.first');
  assert.equal(await page.locator('.group', { hasText: '还没做完的拜访' }).count(), 0);
});
