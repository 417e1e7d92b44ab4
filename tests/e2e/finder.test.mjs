// Products found by search: a big range is not listed whole, any product can be brought into a visit, one can be made on the way.
import assert from 'node:assert/strict';
import { SHOP, count, field, finish, kept, order, row, says, scene, seed, startVisit, toOrder } from './harness.mjs';

const MANY = Array.from({ length: 120 }, (_, at) => `货品 ${String(at + 1).padStart(3, '0')} 号,N${at + 1},瓶,12,2`).join('\n');

async function add(page, words) {
  await page.locator('.visit-search').click();
  await page.locator('dialog .search input').fill(words);
  await page.locator('dialog .finder-rows .row').first().click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

scene('With a big range a visit starts empty and any product can be found, counted and kept over a reload', {}, async (stage, page) => {
  await seed(stage, { products: MANY });
  await startVisit(stage);
  await says(page.locator('.empty'), '这家店还没有商品');
  await add(page, '042');
  await count(page, '货品 042 号', { front: 7, cases: 1, loose: 0 });
  await add(page, 'n7');
  await count(page, '货品 007 号', { front: 3, cases: 0, loose: 2 });
  await kept(page);
  await page.reload();
  await page.waitForSelector('.count-row');
  assert.equal(await page.locator('.count-row').count(), 2);
  await says(row(page, '货品 042 号'), '19 瓶');
  await toOrder(page);
  await finish(page);
  await says(page.locator('.done-head'), '点了 2 / 2 品');
});

scene('A product that is missing is made on the way and comes back into the visit', {}, async (stage, page) => {
  await seed(stage, { products: MANY });
  await startVisit(stage);
  await page.locator('.visit-search').click();
  await page.locator('dialog .search input').fill('新口味');
  await page.locator('dialog a', { hasText: '新建「新口味」' }).click();
  await page.waitForSelector('#product-name');
  assert.equal(await page.locator('#product-name').inputValue(), '新口味');
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.visit');
  await count(page, '新口味', { front: 2, loose: 0 });
  await kept(page);
  await page.reload();
  await page.waitForSelector('.count-row');
  assert.equal(await field(page, '新口味', 'front').inputValue(), '2');
  await says(page.locator('.visit-names'), SHOP);
  // It is sold by the unit: no cases anywhere.
  await order(page, '新口味', { loose: 5 });
  await finish(page);
  await says(page.locator('.receipt'), '5个');
});
