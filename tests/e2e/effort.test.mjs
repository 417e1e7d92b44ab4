// What a visit costs the rep: every tap and every key is counted, from Today to the saved visit.
import assert from 'node:assert/strict';
import { SHOP, importList, kept, says, scene, text } from './harness.mjs';

const LINES = Array.from({ length: 20 }, (_, at) => ({ name: `货品${String(at + 1).padStart(2, '0')}`, first: 10 + at, now: at % 3 === 0 ? 12 + at : 4 + at % 6 }));
const MOST = 80;

/** Taps and keys of one person, counted as they are made. */
class Hands {
  made = 0;
  constructor(page) { this.page = page; }
  async tap(locator) { this.made += 1; await locator.click(); }
  async press(key) { this.made += 1; await this.page.keyboard.press(key); }
  async type(figures) { for (const figure of String(figures)) await this.press(figure); }
}

scene(`A visit of 20 lines with three changed suggestions costs at most ${MOST} taps and keys`, {}, async (stage, page) => {
  await importList(stage, `店名,编号,路线日\n${SHOP},C1,周二\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价,排序\n${LINES.map(({ name }, at) => `${name},P${at + 1},瓶,12,2,${at + 1}`).join('\n')}\n`);
  await importList(stage, `日期,客户编号,商品编号,前线\n${LINES.map(({ first }, at) => `2026-11-10,C1,P${at + 1},${first}`).join('\n')}\n`);
  await stage.go();
  const hands = new Hands(page);
  const spent = {};
  const part = (name) => { spent[name] = hands.made - Object.values(spent).reduce((sum, made) => sum + made, 0); };
  await hands.tap(page.locator('.start-pill'));
  await page.waitForSelector('.visit');
  await hands.tap(page.locator('.steps button').nth(2));
  await page.locator('.open-line').waitFor();
  // The first line is open; where its dial does not have the focus, that is one tap more.
  if (!await page.evaluate(() => document.activeElement?.id.startsWith('front-'))) await hands.tap(page.locator('.open-line input').first());
  part('to the first dial');
  for (const { name, now } of LINES) {
    await page.waitForFunction((name) => document.activeElement?.id.startsWith('front-') && document.activeElement.closest('.count-row').innerText.includes(name), name);
    await hands.type(now);
    await hands.press('Enter');
  }
  part('20 counts');
  await page.waitForFunction(() => document.activeElement?.id === 'visit-next');
  await hands.press('Enter');
  await page.waitForSelector('.order-row');
  const orders = page.locator('section.group .order-row');
  for (const at of [0, 2, 4]) {
    await hands.tap(orders.nth(at));
    await page.waitForSelector('#change-loose');
    const loose = page.locator('dialog').locator('.dial', { has: page.locator('#change-loose') });
    await hands.tap(loose.locator('.dial-steps button').last());
    await hands.tap(page.locator('dialog .choice', { hasText: '要做促销' }).first());
    await hands.tap(page.locator('dialog .sheet-actions .btn-primary'));
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  part('3 changes');
  await kept(page);
  await hands.tap(page.locator('#visit-finish'));
  await page.waitForSelector('.done-head');
  part('finish');
  await says(page.locator('.done-head'), '点了 20 / 20 品');
  assert.equal(await page.locator('.receipt small', { hasText: '要做促销' }).count() > 0, true);
  assert.match(await text(page.locator('.receipt-total')), /¥/);
  assert.ok(hands.made <= MOST, `${hands.made} taps and keys: ${JSON.stringify(spent)}`);
});
