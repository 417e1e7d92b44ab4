// What a visit leaves behind: tried ones, unplanned ones, free goods and other prices, corrections, a second count, orders on the phone.
import assert from 'node:assert/strict';
import {
  JUICE, NEXT_WEEK, SHOP, YOGURT, aWeekLater, byTheRule, count, field, finish, openLine, order, row, says, scene, seed, startVisit, stores, text, toStep,
} from './harness.mjs';

const TEN = { front: 10, cases: 0, loose: 0 };
const FIVE = { front: 5, cases: 0, loose: 0 };
const IN_TWO_WEEKS = '2026-12-01T14:00:00+08:00';
const OTHER = '红梅小卖部';
const sum = (page, name) => row(page, name).locator('.tag-sum');
const sheetGone = (page) => page.locator('dialog').waitFor({ state: 'detached' });
const toShop = async (stage, shop = SHOP) => {
  await stage.go('customers');
  await stage.page.locator('.listing a.row', { hasText: shop }).click();
  await stage.page.waitForSelector('.doings');
};

scene('Two visits in hand at once keep their steps, lines and figures', {}, async (stage, page) => {
  await seed(stage, { shops: `${SHOP},C1,周二\n${OTHER},C2,周二` });
  await startVisit(stage);
  await count(page, YOGURT, { front: 3 });
  await startVisit(stage, OTHER, 'shelf');
  await page.locator('.shelf-task').first().click();
  await toStep(page, 'agree');
  await stage.go();
  const inHand = page.locator('.group', { hasText: '还没做完的拜访' });
  assert.equal(await inHand.locator('a.row').count(), 2);
  await inHand.locator('a.row', { hasText: SHOP }).click();
  await page.waitForSelector('.open-line');
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '3');
  await stage.go();
  await inHand.locator('a.row', { hasText: OTHER }).click();
  await page.waitForSelector('#agree-promise');
  await toStep(page, 'shelf');
  await says(page.locator('.foot-total'), '做完 1 / 5');
});

scene('A visit that was not made is two taps: tried and not done, due on its new date, its stock figures unmoved', {}, async (stage, page) => {
  await seed(stage);
  await byTheRule(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: TEN, ordered: { loose: 5 } }]);
  await toStep(page, 'meet');
  await page.locator('.meet button', { hasText: '没拜访成' }).click();
  await page.locator('dialog button', { hasText: '老板不在' }).click();
  await says(page.locator('.done-head'), '没拜访成，老板不在');
  await toShop(stage);
  await says(page.locator('.timeline-row').first(), '没拜访成，老板不在');
  await says(page.locator('.facts'), '11月25日');
  await says(page.locator('.facts'), '1 次');
  await stage.go();
  await says(page.locator('.group', { hasText: '没拜访成' }), SHOP);
  assert.equal(await page.locator('.group', { hasText: '今天去过' }).count(), 0);
  assert.match(await text(page.locator('.progress')), /^0 \/ 1 家/);
  await stage.at('2026-11-25T14:00:00+08:00');
  await stage.go();
  await says(page.locator('.group', { hasText: '今天要去' }), SHOP);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await says(sum(page, YOGURT), '卖 10 × 1.5 − 现有 5 = 10');
});

scene('A shop that was shut is noted from its page in two taps, with another day where one is chosen', {}, async (stage, page) => {
  await seed(stage);
  await toShop(stage);
  await page.locator('.doings button', { hasText: '没拜访成' }).click();
  await page.locator('dialog .filter', { hasText: '下周' }).click();
  await page.locator('dialog button', { hasText: '关门' }).click();
  await sheetGone(page);
  await says(page.locator('.timeline-row').first(), '没拜访成，关门');
  await says(page.locator('.timeline-row').first(), '改到 11月24日');
  await says(page.locator('.facts'), '0 次');
});

scene('A visit that is thrown away asks first, leaves nothing, and leads back to the shop', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await page.locator('.visit-menu').click();
  await page.locator('dialog .btn', { hasText: '放弃这次拜访' }).click();
  await says(page.locator('dialog'), '点的数会删掉');
  await page.locator('dialog .btn', { hasText: '放弃拜访' }).click();
  await says(page.locator('h1'), SHOP);
  await says(page.locator('.timeline + *, .empty'), '还没有往来');
  // The page may be left before the disk has let go of it.
  for (let left = 50; left > 0 && (await stores(page)).drafts; left -= 1) await page.waitForTimeout(100);
  await stage.go();
  assert.equal(await page.locator('.group', { hasText: '还没做完的拜访' }).count(), 0);
});

scene('A correction does not get in the way of a visit in hand, nor the visit of a correction', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: TEN, ordered: { loose: 5 } }]);
  await count(page, YOGURT, FIVE);
  await toShop(stage);
  await page.locator('a.timeline-row').first().click();
  await page.locator('.next-visit button', { hasText: '更正' }).click();
  await page.waitForSelector('.visit');
  // Whatever opens says what it is: today's visit in hand is not shown as the correction that was asked for.
  await says(page.locator('.visit-status'), '更正 11月17日 的拜访');
});

scene('A counted visit is not lost to two taps on "could not visit"', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await count(page, JUICE, FIVE);
  await page.locator('.visit-menu').click();
  await page.locator('dialog .btn', { hasText: '没拜访成' }).click();
  await page.locator('dialog button', { hasText: '关门' }).click();
  await page.waitForTimeout(1500);
  const isAsked = await page.locator('dialog').count() > 0;
  if (isAsked) return;
  await startVisit(stage);
  await openLine(page, YOGURT);
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '5', 'the figures were thrown away without a question');
});

scene('A visit that was not planned joins the plan of the day', {}, async (stage, page) => {
  await seed(stage, { shops: `${SHOP},C1,周二\n${OTHER},C2,周五` });
  await stage.go();
  assert.match(await text(page.locator('.progress')), /^0 \/ 1 家/);
  await startVisit(stage, OTHER);
  await count(page, YOGURT, FIVE);
  await finish(page);
  await stage.go();
  await says(page.locator('.group', { hasText: '今天去过' }), OTHER);
  assert.match(await text(page.locator('.progress')), /^1 \/ 2 家/);
});

scene('Free goods and another price need a reason, cost what was agreed, and stand on the receipt', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await row(page, YOGURT).locator('.tag-change').click();
  await page.fill('#change-loose', '10');
  await page.locator('dialog details summary').click();
  await page.fill('#change-free', '2');
  await page.fill('#change-unit-price', '4.2');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('dialog [role=alert]'), '赠品或改价要选一个原因');
  await page.locator('dialog .choice', { hasText: '量大优惠' }).click();
  await says(page.locator('dialog .btn-primary'), '¥42.00');
  await page.locator('dialog .btn-primary').click();
  await sheetGone(page);
  await says(row(page, YOGURT).locator('.tag-figure'), '10杯 送2杯');
  await says(page.locator('.foot-total'), '¥42.00');
  await finish(page);
  await says(page.locator('.receipt tr'), '10杯 送2杯');
  await says(page.locator('.receipt tr'), '量大优惠 · 原价 ¥4.50');
  await says(page.locator('.receipt-total'), '¥42.00');
  await stage.at(NEXT_WEEK);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  // Free goods reach the shelf too: 5 + 12 − 5 sold.
  await says(sum(page, YOGURT), '卖 12 × 1.5 − 现有 5 = 13');
});

scene('Name, company, phone and currency of the rep are on the shared text', { permissions: ['clipboard-read', 'clipboard-write'] }, async (stage, page) => {
  await seed(stage);
  await stage.go('settings');
  for (const [id, value] of [['name', '王强'], ['company', '晨牧乳业'], ['phone', '139 0000 1234'], ['currency', 'NT$']]) await page.fill(`#rep-${id}`, value);
  await page.locator('form:has(#rep-name) button[type=submit]').click();
  await says(page.locator('form:has(#rep-name) .form-kept'), '已存在这台设备上');
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await order(page, YOGURT, { loose: 2 });
  await finish(page);
  await says(page.locator('.receipt-total'), 'NT$9.00');
  await page.getByRole('button', { name: '分享' }).click();
  await page.getByRole('button', { name: '已复制' }).waitFor();
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).replace(/\r/g, '').split('\n');
  assert.deepEqual(copied.slice(2), [`1. ${YOGURT}  2杯  NT$9.00`, '合计 1 品 0件+2散 NT$9.00', '晨牧乳业 王强 139 0000 1234']);
});

scene('A correction is a new visit: the old one stays, linked and marked, and later sums follow', {}, async (stage, page) => {
  await seed(stage);
  await byTheRule(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: TEN, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 12, cases: 0, loose: 0 });
  await says(sum(page, YOGURT), '卖 3 × 1.5 = 4.5，现有 12 够了');
  await finish(page);
  const later = page.url();
  await toShop(stage);
  await page.locator('a.timeline-row').last().click();
  await page.locator('.next-visit button', { hasText: '更正' }).click();
  await page.waitForSelector('.visit');
  await says(page.locator('.visit-status'), '更正 11月17日 的拜访');
  await toStep(page, 'count');
  await count(page, YOGURT, { front: 20 });
  await finish(page);
  await says(page.locator('.notice'), '这次更正了以前的一次拜访');
  await says(page.locator('.receipt'), '5杯');
  await page.locator('.notice a').click();
  await says(page.locator('.notice'), '这次拜访已经更正');
  assert.equal(await page.locator('.next-visit button', { hasText: '更正' }).count(), 0);
  await page.locator('details.counts summary').click();
  await says(page.locator('.counts'), '10 杯');
  // 20 + 5 − 12: the visit of a week later says so, and what it said then.
  await page.goto(later);
  await page.locator('details.counts summary').click();
  await says(page.locator('.counts small'), '20 + 5，卖了 13');
  await says(page.locator('.counts s'), '当时 10 + 5');
  await toShop(stage);
  assert.equal(await page.locator('.timeline-row .chip', { hasText: '已更正' }).count(), 1);
  await says(page.locator('.facts'), '2 次');
  await stage.at(IN_TWO_WEEKS);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await says(sum(page, YOGURT), '卖 7 × 1.5 − 现有 5 = 5.5');
});

scene('Of two counts on one day the later one stands, and what was ordered today is in the next sum', {}, async (stage, page) => {
  await seed(stage);
  await byTheRule(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: TEN, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 12, cases: 0, loose: 0 });
  await finish(page);
  await stage.at('2026-11-24T16:00:00+08:00');
  await startVisit(stage);
  await count(page, YOGURT, TEN);
  // 10 + 5 − 10 = 5 sold, 7.5 wanted, 10 there.
  await says(sum(page, YOGURT), '卖 5 × 1.5 = 7.5，现有 10 够了');
  await says(row(page, YOGURT).locator('.tag-figure'), '不用进');
  await finish(page);
  await stage.at(IN_TWO_WEEKS);
  await startVisit(stage);
  await count(page, YOGURT, { front: 6, cases: 0, loose: 0 });
  await says(sum(page, YOGURT), '卖 4 × 1.5 = 6，现有 6 够了');
});

scene('An order on the phone needs no visit and counts in the next sum', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, TEN);
  await finish(page);
  await stage.at('2026-11-19T10:00:00+08:00');
  await toShop(stage);
  await page.locator('.doings button', { hasText: '电话订货' }).click();
  await page.waitForSelector('.visit');
  assert.equal(await page.locator('.steps button:not([disabled])').count(), 1);
  await page.locator('#visit-finish').click();
  await says(page.locator('[role=alert]'), /\S/);
  await page.locator('.visit-search').click();
  await page.locator('dialog .search input').fill('酸奶');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#change-loose');
  await page.fill('#change-loose', '5');
  await page.locator('dialog .btn-primary').click();
  await sheetGone(page);
  await says(page.locator('#visit-finish'), '存订单');
  await page.locator('#visit-finish').click();
  await page.waitForSelector('.timeline-row');
  await says(page.locator('.timeline-row').first(), '电话订货');
  await says(page.locator('.timeline-row').first(), '¥22.50');
  await says(page.locator('.facts'), '1 次');
  await stage.at(NEXT_WEEK);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await says(sum(page, YOGURT), '卖 10 × 1.5 − 现有 5 = 10');
});
