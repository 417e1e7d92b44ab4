// Lists and reports on paper and as texts: all rows, not only those in sight; no controls; who and when.
import assert from 'node:assert/strict';
import { SHOP, YOGURT, count, finish, importList, says, scene, seed, startVisit } from './harness.mjs';

const MANY = Array.from({ length: 120 }, (_, at) => `第${String(at + 1).padStart(3, '0')}号店,N${at + 1},周${'一二三四五六日'[at % 7]}`).join('\n');

/** What is visible on paper of the page as it stands. */
async function onPaper(page) {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await page.waitForTimeout(200);
  const seen = await page.evaluate(() => ({
    text: document.body.innerText,
    controls: [...document.querySelectorAll('button, input, select, nav')].filter((each) => each.checkVisibility() && each.getBoundingClientRect().height > 0 && !each.closest('.row, summary')).map((each) => each.outerHTML.slice(0, 120)),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  return { ...seen, pages };
}

const hearShare = () => {
  window.shared = [];
  Object.defineProperty(navigator, 'share', { configurable: true, value: async (data) => { window.shared.push(data); } });
};

/** The text that "send as text" hands to the share sheet. */
async function sent(page, where = page) {
  await where.locator('.hand-on').first().click();
  await page.locator('dialog .btn-primary').click();
  await page.waitForFunction(() => window.shared.length > 0);
  const [{ text }] = await page.evaluate(() => window.shared.splice(0));
  await page.locator('dialog').waitFor({ state: 'detached' });
  return text;
}

scene('Every list prints whole, without its controls, and goes out as a text', { init: hearShare }, async (stage, page) => {
  await seed(stage);
  await importList(stage, `店名,编号,路线日\n${MANY}\n`);
  await startVisit(stage);
  await count(page, YOGURT, { front: 8, cases: 0, loose: 0 });
  await finish(page);
  await stage.go('settings');
  await page.fill('#rep-name', '李明');
  await page.locator('form', { has: page.locator('#rep-name') }).locator('button[type=submit]').click();
  await says(page.locator(".form-kept"), "已");

  await stage.go('customers');
  await page.waitForSelector('.listing .row');
  assert.ok(await page.locator('.listing .row').count() < 60, 'only what is in sight stands on the screen');
  const customers = await onPaper(page);
  for (const at of [1, 60, 120]) assert.ok(customers.text.includes(`第${String(at).padStart(3, '0')}号店`), `${at}`);
  assert.ok(customers.text.includes('李明') && customers.text.includes('11月17日'), 'who and when');
  assert.deepEqual(customers.controls, []);
  assert.ok(customers.wide <= 0 && customers.pages >= 3 && customers.pages <= 12, JSON.stringify({ ...customers, text: '' }));
  const text = await sent(page);
  assert.match(text, /^客户 2026-11-17\n/);
  assert.equal((text.match(/号店/g) ?? []).length, 120);
  assert.ok(text.includes(SHOP));
  await page.waitForFunction(() => document.querySelectorAll('.listing .row').length < 60);

  await stage.go();
  const today = await onPaper(page);
  assert.deepEqual(today.controls, []);
  assert.match(today.text, /李明/);
  assert.match(await sent(page), /■ [\s\S]*1\. /);

  await stage.go('products');
  await page.waitForSelector('.listing .row');
  const products = await onPaper(page);
  assert.ok(products.text.includes(YOGURT) && products.controls.length === 0, JSON.stringify(products.controls));
  assert.match(await sent(page), /晨牧 原味酸奶 200g/);

  await stage.go('customers');
  await page.locator('.search input').fill(SHOP);
  await page.locator('.listing a.row', { hasText: SHOP }).click();
  await page.waitForSelector('.timeline');
  const shop = await onPaper(page);
  assert.ok(shop.text.includes(SHOP) && shop.text.includes('拜访') && shop.controls.length === 0, JSON.stringify(shop.controls));
  assert.equal(shop.pages, 1);
  assert.match(await sent(page), /惠民副食·建设路店 2026-11-17[\s\S]*1\. /);

  for (const path of ['orders', 'settings', 'data', 'about', 'more', 'import']) {
    await stage.go(path);
    const paper = await onPaper(page);
    assert.ok(paper.wide <= 0, path);
  }
});

scene('On a wide screen the page that is open prints, not the list beside it', { viewport: { width: 1024, height: 768 } }, async (stage, page) => {
  await seed(stage, { shops: `${SHOP},C1,周二\n红梅商店,C2,周二` });
  await stage.go('customers');
  await page.locator('.listing a.row', { hasText: SHOP }).click();
  await page.waitForSelector('.pane-detail h1');
  const { text, pages } = await onPaper(page);
  assert.ok(text.includes(SHOP) && !text.includes('红梅商店'), text);
  assert.equal(pages, 1);
  await stage.go();
  const today = await onPaper(page);
  assert.ok(today.text.includes('红梅商店'));
});
