// The loop of a working day: a shop and a product by hand, count, suggestion, order, receipt, history, and the words for the owner.
import assert from 'node:assert/strict';
import {
  JUICE, NEXT_WEEK, PEANUTS, SHOP, YOGURT, aWeekLater, count, field, finish, openLine, order, row, says, scene, seed, startVisit, text, toOrder,
} from './harness.mjs';

scene('A first shop and product by hand lead to a counted, ordered and finished visit', {}, async (stage, page) => {
  await stage.go();
  await page.locator('.first-actions .btn-primary').click();
  await page.fill('#shop-name', '惠民');
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.start-pill');
  assert.equal(await text(page.locator('h1')), '惠民');
  await stage.go();
  await page.locator('.first-actions .btn-primary').click();
  await page.fill('#product-name', '酸奶');
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.listing');
  await startVisit(stage, '惠民');
  await count(page, '酸奶', { front: 4, loose: 0 });
  await says(row(page, '酸奶'), '头一次点：问老板卖多少，就有建议');
  await says(row(page, '酸奶').locator('.tag-change'), '直接订');
  await order(page, '酸奶', { loose: 6 });
  await finish(page);
  await says(page.locator('.done-head'), '已存在本机');
  await says(page.locator('.receipt'), '6个');
});

scene('10 on the shelf, 5 ordered, 12 counted: 3 sold, 4.5 is less than 12, so no order, and the sheet says why', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 }, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 12, cases: 0, loose: 0 });
  await says(row(page, YOGURT).locator('.tag-figure'), '不用进');
  await says(row(page, YOGURT).locator('.tag-sum'), '卖 3 × 1.5 = 4.5，现有 12 够了');
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog h2'), '为什么不用进');
  await says(page.locator('dialog .formula'), '10 + 5 − 12 = 3；3 × 1.5 = 4.5；4.5 < 12：不用进');
  const values = await page.locator('dialog .ledger-value strong').allInnerTexts();
  assert.deepEqual(values.slice(0, 6), ['10', '5', '12', '3', '1.5', '4.5']);
  await page.keyboard.press('Escape');
  await finish(page);
  await says(page.locator('main'), '这次没订货');
});

scene('10 on the shelf, 5 ordered, 5 counted: 10 sold, order 10, at its exact price', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 }, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  assert.equal(await text(row(page, YOGURT).locator('.tag-figure')), '10杯');
  assert.equal(await text(row(page, YOGURT).locator('.tag-amount')), '¥45.00');
  await says(row(page, YOGURT).locator('.tag-sum'), '卖 10 × 1.5 − 现有 5 = 10');
  await says(page.locator('.foot-total'), '¥45.00');
});

scene('What is not counted has no suggestion, and stays apart in the order', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 } }]);
  await openLine(page, YOGURT);
  await says(row(page, YOGURT).locator('.tag-sum'), '没点，就没有建议');
  assert.equal(await text(row(page, YOGURT).locator('.tag-figure')), '');
  await toOrder(page);
  await says(page.locator('details.group'), '没点的');
  await says(page.locator('.empty'), '还没有要订的');
});

scene('A line with a front and no back is half counted: it says what is missing, open and closed', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 4 });
  assert.equal(await row(page, YOGURT).locator('.tick').getAttribute('aria-checked'), 'mixed');
  await openLine(page, JUICE);
  await says(row(page, YOGURT).locator('.count-why'), '前 4，后线还没点');
  await openLine(page, YOGURT);
  await says(row(page, YOGURT).locator('.tag-sum'), '后线还没点');
});

scene('A first count says so and orders nothing by itself', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 3, cases: 1, loose: 0 });
  await says(row(page, YOGURT), '头一次点');
  assert.equal(await text(row(page, YOGURT).locator('.tag-figure')), '');
  // What the owner says is asked for on the tag itself.
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog h2'), '一周能卖多少');
  await page.keyboard.press('Escape');
  await toOrder(page);
  await says(page.locator('details.group').first(), '头一次点的');
});

scene('More counted than there can be is a question, and never an order', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 }, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 21, cases: 0, loose: 0 });
  await says(row(page, YOGURT).locator('.question'), '比上期多 6 杯，哪来的？');
  assert.equal(await row(page, YOGURT).locator('.tag').count(), 0);
  await row(page, YOGURT).locator('.question button').click();
  await says(page.locator('dialog'), '上期 10 加进货 5，最多剩 15，现在点到 21');
  await page.locator('dialog .sheet-stack .btn').last().click();
  await says(page.locator('dialog h2'), '订多少');
  await page.fill('#change-cases', '1');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('.foot-total'), '¥54.00');
});

scene('Zero, nothing ordered, zero again is a trap that asks instead of saying no demand', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 0, cases: 0, loose: 0 } }]);
  await count(page, YOGURT, { front: 0, cases: 0, loose: 0 });
  await says(row(page, YOGURT).locator('.question'), '两次都是 0');
  await row(page, YOGURT).locator('.question button').click();
  await says(page.locator('dialog'), '这不是没有需求，问问老板');
  await page.locator('dialog .sheet-stack .btn', { hasText: '老板不要了' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await finish(page);
  await says(page.locator('main'), '这次没订货');
});

scene('Orders read as cases and loose units, and the money of many lines is exact', {}, async (stage, page) => {
  await seed(stage, { products: `${YOGURT},P1,杯,12,0.1\n${JUICE},P2,瓶,15,0.2\n${PEANUTS},P3,,1,1234.56` });
  await startVisit(stage);
  await order(page, YOGURT, { cases: 2, loose: 7 });
  assert.equal(await text(row(page, YOGURT).locator('.tag-figure')), '2件+7杯');
  assert.equal(await text(row(page, YOGURT).locator('.tag-amount')), '¥3.10');
  await order(page, JUICE, { cases: 1, loose: 0 });
  assert.equal(await text(row(page, JUICE).locator('.tag-figure')), '1件');
  await order(page, PEANUTS, { loose: 3 });
  await says(page.locator('.foot-total'), '¥3,709.78');
  await says(page.locator('.foot-total'), '3件+10散');
  await finish(page);
  await says(page.locator('.receipt-total'), '¥3,709.78');
});

scene('Changing a suggested quantity demands a reason, which the receipt keeps', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 }, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await row(page, YOGURT).locator('.tag-change').click();
  await says(page.locator('dialog .sheet-head'), '建议 10杯');
  await page.fill('#change-cases', '1');
  await page.fill('#change-loose', '0');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('dialog [role=alert]'), '选一个原因，下次才看得懂');
  await page.locator('dialog .choice', { hasText: '老板要整件' }).click();
  await page.locator('dialog .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await finish(page);
  await says(page.locator('.receipt tr'), '老板要整件');
  await says(page.locator('.receipt tr s'), '10杯');
});

scene('Enter takes a back that was 0 last time as 0, says so, and one tap takes it back', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 } }, { name: JUICE, figures: { front: 9, cases: 1, loose: 2 } }]);
  await count(page, YOGURT, { front: 4 });
  await page.keyboard.press('Enter');
  await row(page, YOGURT).locator('.chip-button').waitFor();
  await says(row(page, YOGURT).locator('.chip-button'), '后线 0');
  await page.waitForFunction(() => document.activeElement?.id.startsWith('front-'));
  assert.equal(await field(page, JUICE, 'front').evaluate((input) => input === document.activeElement), true);
  assert.equal(await row(page, YOGURT).locator('.tick').getAttribute('aria-checked'), 'true');
  await row(page, YOGURT).locator('.chip-button').click();
  await row(page, YOGURT).locator('.chip-button').waitFor({ state: 'detached' });
  assert.equal(await row(page, YOGURT).locator('.tick').getAttribute('aria-checked'), 'mixed');
  // The juice had cases and loose units at the back: Enter goes there.
  await field(page, JUICE, 'front').fill('5');
  await page.keyboard.press('Enter');
  assert.equal(await field(page, JUICE, 'cases').evaluate((input) => input === document.activeElement), true);
});

scene('Same as last time copies the last count of a line', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: JUICE, figures: { front: 9, cases: 1, loose: 2 } }]);
  await openLine(page, JUICE);
  await row(page, JUICE).getByRole('button', { name: '同上次' }).click();
  const figures = await Promise.all(['front', 'cases', 'loose'].map((place) => field(page, JUICE, place).inputValue()));
  assert.deepEqual(figures, ['9', '1', '2']);
  assert.equal(await row(page, JUICE).locator('.tick').getAttribute('aria-checked'), 'true');
});

scene('Today shows what is due, overdue and done, and how far the day has come', {}, async (stage, page) => {
  await seed(stage, { shops: `${SHOP},C1,周二\n红梅小卖部,C2,周一\n好邻居,C3,周三` });
  await stage.go();
  await says(page.locator('.group', { hasText: '今天要去' }), SHOP);
  await stage.at(NEXT_WEEK);
  await stage.go();
  await says(page.locator('.group-late', { hasText: '逾期' }), '红梅小卖部');
  const before = await text(page.locator('.progress'));
  assert.match(before, /^0 \/ \d 家/);
  await startVisit(stage);
  await count(page, YOGURT, { front: 1, cases: 0, loose: 0 });
  await finish(page);
  await stage.go();
  await says(page.locator('.group', { hasText: '今天去过' }), SHOP);
  assert.match(await text(page.locator('.progress')), /^1 \/ \d 家/);
});

scene('A finished visit is a row on the shop page that opens its receipt', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await order(page, YOGURT, { cases: 1, loose: 0 });
  await finish(page);
  await page.locator('.page-head a.icon-button').click();
  await says(page.locator('.timeline-row'), '订 1 品 ¥54.00');
  await says(page.locator('.timeline-row'), '点了 1 / 3 品');
  await page.locator('.timeline-row').click();
  await says(page.locator('.receipt'), '1件');
});

scene('The owner card shows the three numbers of the sum, in words without jargon', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 }, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await row(page, YOGURT).locator('.tag-main').click();
  await page.locator('dialog .btn-primary', { hasText: '给老板看' }).click();
  const card = page.locator('.owner-card');
  await card.waitFor();
  assert.deepEqual(await card.locator('.card-number small').allInnerTexts(), ['上次剩', '又进了', '现在有']);
  assert.deepEqual(await card.locator('.card-number strong').allInnerTexts(), ['10', '5', '5']);
  await says(card.locator('.card-sold'), '7 天卖了');
  await says(card.locator('.card-tag'), '10杯');
  await says(card.locator('.card-tag'), '备 1.5 倍：10 × 1.5 − 5 = 10');
  await card.locator('.icon-button').first().click();
  await card.waitFor({ state: 'detached' });
});

scene('Sharing copies shop, lines and total as text', { permissions: ['clipboard-read', 'clipboard-write'] }, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await order(page, YOGURT, { cases: 2, loose: 7 });
  await order(page, PEANUTS, { loose: 3 });
  await finish(page);
  await page.getByRole('button', { name: '分享' }).click();
  await page.getByRole('button', { name: '已复制' }).waitFor();
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).replace(/\r/g, '').split('\n');
  const [number] = copied.splice(1, 1);
  assert.match(number, /^单号 261117-[0-9A-Z]{4} · 2026-11-18 送$/);
  await says(page.locator('.receipt-number'), number.match(/261117-[0-9A-Z]{4}/)[0]);
  assert.deepEqual(copied, [
    `${SHOP} 订单 2026-11-17`,
    `1. ${YOGURT}  2件+7杯  ¥139.50`,
    `2. ${PEANUTS}  3个  ¥30.00`,
    '合计 2 品 2件+10散 ¥169.50',
  ]);
});
