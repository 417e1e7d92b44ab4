// The reorder engine as a rep meets it: worked examples of its specification (B1 … B33) played through the interface, the number on
// screen is the case's; then what surrounds the number: dates, questions, warnings, what the owner is told.
import assert from 'node:assert/strict';
import { YOGURT, count, field, finish, importList, order, openLine, row, says, scene, startVisit, text, toOrder, toStep } from './harness.mjs';

const SHOP = '惠民副食';
const day = (days) => new Date(Date.parse('2026-11-02T14:00:00+08:00') + days * 86_400_000).toISOString();
const START = { at: day(0) };

/** A shop without a route day, so that R is its cycle, and one product. */
async function shop(stage, { cycle = 7, lead = 1, size = 1, life = '' } = {}) {
  await importList(stage, `店名,编号,拜访周期,送货天数\n${SHOP},C1,${cycle},${lead}\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价,保质期\n${YOGURT},P1,杯,${size},4.5,${life}\n`);
}

const figure = (page) => row(page, YOGURT).locator('.tag-figure');
const shows = (page, words) => says(figure(page), words);

/** What the owner says it sells a week, on the sheet of a first count. */
async function stated(page, week) {
  await row(page, YOGURT).locator('.tag-main').click();
  await page.fill('#first-week', String(week));
  await page.locator('dialog .sheet-actions .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** What else happened, by the ids of the sheet's fields. */
async function note(page, figures) {
  await row(page, YOGURT).locator('.line-tools .btn', { hasText: '其他情况' }).click();
  for (const [id, value] of Object.entries(figures)) await page.fill(`#note-${id}`, String(value));
  await page.locator('dialog .sheet-actions .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** The dates of what was counted: text, front. */
async function dates(page, lots) {
  await row(page, YOGURT).locator('.line-tools .btn', { hasText: '日期' }).click();
  for (const [at, [date, front]] of lots.entries()) {
    if (at > 0) await page.locator('dialog .filter', { hasText: '日期' }).click();
    await page.fill(`#lot-date-${at}`, date);
    await page.fill(`#lot-front-${at}`, String(front));
  }
  await page.locator('dialog .sheet-actions .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

async function set(stage, fields, choice) {
  await stage.go('settings');
  await stage.page.locator('.form-more > summary').first().click();
  for (const [id, value] of Object.entries(fields)) await stage.page.fill(`#${id}`, value);
  if (choice) await stage.page.locator('.choice', { hasText: choice }).click();
  await stage.page.locator('form').first().locator('button[type=submit]').click();
  await says(stage.page.locator('form').first(), '已存在这台设备上');
}

async function product(stage, fields) {
  await stage.go('products');
  await stage.page.locator('main .row', { hasText: YOGURT }).click();
  for (const [id, value] of Object.entries(fields)) await stage.page.fill(`#product-${id}`, value);
  await stage.page.locator('button[type=submit]').click();
  await stage.page.waitForSelector('.listing');
}

/** A first visit with a count and an order, and the next one so many days later. */
async function later(stage, days, { had, ordered }) {
  await startVisit(stage, SHOP);
  await count(stage.page, YOGURT, had);
  if (ordered) await order(stage.page, YOGURT, ordered);
  await finish(stage.page);
  await stage.at(day(days));
  await startVisit(stage, SHOP);
}

/** Back to the visit in hand, from the shop's page. */
async function back({ page, ...stage }) {
  await page.waitForSelector('.start-pill, .listing');
  await page.goto(`${stage.url}customers`);
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  await openLine(page, YOGURT);
}

const units = (front) => ({ front, loose: 0 });

scene('B1: after 14 days with the next visit in 7, no order, and the plain rule is told beside it', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 14, { had: units(20), ordered: { loose: 30 } });
  await count(page, YOGURT, units(22));
  await shows(page, '不用进');
  await says(row(page, YOGURT).locator('.tag-sum'), '一天 2 × 10.5 天 = 21，有 22 够了');
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog .why-reasons'), '1.5 法则会说 20杯');
});

scene('B2: after 4 days with the next visit in 10, 27', START, async (stage, page) => {
  await shop(stage, { cycle: 10 });
  await later(stage, 4, { had: units(20), ordered: { loose: 10 } });
  await count(page, YOGURT, units(18));
  await shows(page, '27杯');
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog .ledger'), '1.5 × 10 天，下次 11月16日');
  await says(page.locator('dialog .why-reasons'), '1.5 法则会说 不用进');
});

scene('B3: an order that has not come is on order, not sold, and one tap says so', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 7, { had: units(10), ordered: { loose: 24 } });
  await toStep(page, 'meet');
  await page.locator('.meet .rows .btn-quiet').click();
  await page.fill('dialog input[type=date]', '2026-11-11');
  await page.locator('dialog button', { hasText: '还没到' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await toStep(page, 'count');
  await count(page, YOGURT, units(4));
  await shows(page, '不用进');
  await says(row(page, YOGURT).locator('.tag-sum'), '在途 24');
  // What nobody spoke of is taken as delivered; one tap on what came makes it certain.
  await toStep(page, 'meet');
  await page.locator('.meet .rows .btn', { hasText: '到齐了' }).click();
  await says(page.locator('.meet .rows'), '送到');
  await toStep(page, 'count');
  await openLine(page, YOGURT);
  await shows(page, '41杯');
});

scene('B5: 5 returned and 3 written off are not sales: 1', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 7, { had: units(30), ordered: { loose: 20 } });
  await count(page, YOGURT, units(25));
  await shows(page, '13杯');
  await note(page, { returned: 5, 'written-off': 3 });
  await shows(page, '1杯');
  await row(page, YOGURT).locator('.tag-main').click();
  const values = await page.locator('dialog .ledger-value strong').allInnerTexts();
  assert.deepEqual(values.slice(0, 6), ['30', '20', '5', '3', '25', '17'], '30 + 20 − 5 − 3 − 25 = 17');
});

scene('B6: three of seven days without stock sell 6 a day: 63', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 7, { had: units(12), ordered: { loose: 12 } });
  await count(page, YOGURT, units(0));
  await shows(page, '36杯');
  await note(page, { stockout: 3 });
  await shows(page, '63杯');
});

scene('B8: five of twelve days shut leave seven: 5', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 12, { had: units(30) });
  await count(page, YOGURT, units(16));
  await note(page, { closed: 5 });
  await shows(page, '5杯');
});

scene('B10: what the owner says stands in for a rate, and three days of delivery are inside the buffer: 16', START, async (stage, page) => {
  await shop(stage, { lead: 3 });
  await startVisit(stage, SHOP);
  await count(page, YOGURT, units(5));
  await says(row(page, YOGURT), '问老板卖多少');
  await stated(page, 14);
  await shows(page, '16杯');
});

scene('B12: 8/5 a day for 15 days is exactly one case of 24', START, async (stage, page) => {
  await shop(stage, { cycle: 10, size: 24 });
  await set(stage, {}, '整件，往上');
  await startVisit(stage, SHOP);
  await count(page, YOGURT, { front: 0, cases: 0, loose: 0 });
  await stated(page, 11.2);
  await shows(page, '1件');
});

scene('B13: fronts, cases and loose units come to 57.5, which is 3 cases', START, async (stage, page) => {
  await shop(stage, { size: 24 });
  await set(stage, {}, '整件，往上');
  await later(stage, 7, { had: { front: 10, cases: 3, loose: 0 }, ordered: { cases: 2 } });
  await count(page, YOGURT, { front: 7, cases: 2, loose: 0 });
  await shows(page, '3件');
  await says(row(page, YOGURT).locator('.tag-sum'), '57.5 → 72');
});

scene('B15: guarded, a fifth of a case short waits', START, async (stage, page) => {
  await shop(stage, { size: 24 });
  await set(stage, {}, '整件，看情况');
  await startVisit(stage, SHOP);
  await count(page, YOGURT, { front: 1, cases: 1, loose: 0 });
  await stated(page, 20);
  await shows(page, '不用进');
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog .why-reasons'), '差的不到半件');
});

scene('B17: two of twelve units expire before they can sell: 5', START, async (stage, page) => {
  await shop(stage);
  await startVisit(stage, SHOP);
  await count(page, YOGURT, units(18));
  await stated(page, 14);
  await dates(page, [['+5', 12], ['+60', 6]]);
  await shows(page, '5杯');
  await says(row(page, YOGURT).locator('.lot-chip.lot-near'), '会剩 2');
});

scene('B19: expired units are no stock and must come off: 5, before and after', START, async (stage, page) => {
  await shop(stage);
  await startVisit(stage, SHOP);
  await count(page, YOGURT, units(10));
  await stated(page, 7);
  await dates(page, [['1102', 4], ['+60', 6]]);
  await shows(page, '5杯');
  await toOrder(page);
  await says(page.locator('.question-late'), '4 杯过期了还在架上');
  await page.locator('.question-late .btn').click();
  await page.locator('dialog button', { hasText: '报损' }).click();
  await page.locator('dialog .sheet-actions .btn-primary').click();
  await toStep(page, 'count');
  await openLine(page, YOGURT);
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '6');
  await shows(page, '5杯');
});

scene('B21: fresh milk that keeps ten days is capped to one case', START, async (stage, page) => {
  await shop(stage, { size: 24, life: '10天' });
  await set(stage, {}, '整件，往上');
  await startVisit(stage, SHOP);
  await count(page, YOGURT, { front: 6, cases: 0, loose: 0 });
  await stated(page, 21);
  await dates(page, [['t-6', 6]]);
  await shows(page, '1件');
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog .why-reasons'), '再多到期前卖不完：2件 压到 1件');
});

scene('B25: a shop with room for 40 takes two cases', START, async (stage, page) => {
  await shop(stage, { size: 12 });
  await set(stage, {}, '整件，往上');
  await product(stage, { room: '40' });
  await startVisit(stage, SHOP);
  await count(page, YOGURT, { front: 10, cases: 0, loose: 0 });
  await stated(page, 35);
  await shows(page, '2件');
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog .why-reasons'), '店里放不下：4件 压到 2件');
});

scene('B27: five days of promotion at 1.8 ahead: 23', START, async (stage, page) => {
  await shop(stage);
  await product(stage, { uplift: '1.8', until: '2026-11-07' });
  await startVisit(stage, SHOP);
  await count(page, YOGURT, units(6));
  await stated(page, 14);
  await shows(page, '23杯');
});

scene('B31: more than there can be asks; by the earlier rate it is 15, and each answer mends its own figure', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 7, { had: units(16) });
  await count(page, YOGURT, units(2));
  await order(page, YOGURT, { loose: 0, reason: '资金紧' });
  await finish(page);
  await stage.at(day(14));
  await startVisit(stage, SHOP);
  await count(page, YOGURT, units(6));
  await says(row(page, YOGURT).locator('.question'), '比上期多 4 杯');
  await row(page, YOGURT).locator('.question .btn').click();
  await page.locator('dialog button', { hasText: '按以前的卖法：15杯' }).click();
  await shows(page, '15杯');
  // Bought elsewhere: nothing was sold, so the rate is 14 in 14 days.
  await note(page, { other: 4 });
  await shows(page, '5杯');
});

scene('B33: an empty shelf twice is a trap, and selling it again goes by the last known rate: one case', START, async (stage, page) => {
  await shop(stage, { size: 12 });
  await set(stage, {}, '整件，往上');
  await later(stage, 7, { had: { front: 8, cases: 0, loose: 0 } });
  await count(page, YOGURT, { front: 0, cases: 0, loose: 0 });
  await order(page, YOGURT, { cases: 0, loose: 0, reason: '资金紧' });
  await finish(page);
  await stage.at(day(14));
  await startVisit(stage, SHOP);
  await count(page, YOGURT, { front: 0, cases: 0, loose: 0 });
  await row(page, YOGURT).locator('.question .btn').click();
  await page.locator('dialog button', { hasText: '再卖：进 1件' }).click();
  await shows(page, '1件');
});

scene('What a shop gives up is gone from its next visit, and the plain rule is a setting', START, async (stage, page) => {
  await shop(stage);
  await importList(stage, '品名,编号,单位,每件数量,单价\n橙汁,P2,瓶,1,3\n');
  await later(stage, 7, { had: units(0) });
  await count(page, YOGURT, units(0));
  await count(page, '橙汁', units(3));
  await row(page, YOGURT).locator('.count-right .btn').click();
  await page.locator('dialog button', { hasText: '这家店不卖了' }).click();
  await says(row(page, YOGURT), '这家店不卖了');
  await finish(page);
  await stage.at(day(21));
  await startVisit(stage, SHOP);
  assert.equal(await page.locator('.visit-list > .count-list .count-row', { hasText: YOGURT }).count(), 0);
  await stage.go('settings');
  await page.locator('.choice', { hasText: '只用 1.5 法则' }).click();
  await says(page.locator('.example'), '卖 30 × 1.5 − 现有 14 = 31');
  await page.fill('#factor', '0.9');
  await page.locator('form').first().locator('button[type=submit]').click();
  await says(page.locator('form').first(), '小于 1');
});

scene('The most specific factor wins and the sum says whose it is; a count ten times the usual asks once', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 7, { had: units(10), ordered: { loose: 5 } });
  await count(page, YOGURT, units(5));
  await shows(page, '10杯');
  await stage.go('customers');
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('a[href$=edit]').first().click();
  await page.fill('#shop-factor', '2');
  await page.locator('button[type=submit]').click();
  await back(stage);
  await shows(page, '15杯');
  await row(page, YOGURT).locator('.tag-main').click();
  await says(page.locator('dialog .ledger'), '这家店用');
  await page.keyboard.press('Escape');
  await product(stage, { factor: '3' });
  await back(stage);
  await shows(page, '25杯');
  await count(page, YOGURT, units(100));
  await says(row(page, YOGURT), '是平时（10）的 10 倍');
  await page.locator('button', { hasText: '没错' }).click();
  assert.equal(await row(page, YOGURT).getByText('是平时').count(), 0);
});

scene('An order that cannot last, or is pushed at the end of the month, is said so, and kept with its reason', { at: '2026-11-18T14:00:00+08:00' }, async (stage, page) => {
  await shop(stage);
  await startVisit(stage, SHOP);
  await count(page, YOGURT, units(4));
  await finish(page);
  await stage.at('2026-11-25T14:00:00+08:00');
  await startVisit(stage, SHOP);
  await count(page, YOGURT, units(0));
  // 4 sold in 7 days, so 6 are suggested.
  await shows(page, '6杯');
  await row(page, YOGURT).locator('.tag-change').click();
  await page.fill('#change-loose', '8');
  await says(page.locator('dialog [role=status]'), '月底压货？进完够卖 14 天');
  await page.fill('#change-loose', '2');
  await says(page.locator('dialog [role=status]'), '少卖 2 杯');
  await page.locator('dialog .choice', { hasText: '资金紧' }).click();
  await page.locator('dialog .sheet-actions .btn-primary').click();
  await toOrder(page);
  await says(page.locator('.order-row'), '少卖 2 杯');
  await finish(page);
  await stage.go('customers');
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('.doings a[href$=stock]').click();
  await says(page.locator('.facts'), '0 / 1');
  await says(page.locator('.stock-card'), '建议采纳 0/1');
});

scene('Old goods behind new ones are a swap at the shelf, near dates are listed with their loss, and both are kept', START, async (stage, page) => {
  await shop(stage, { size: 12, life: '30天' });
  await product(stage, { capacity: '12' });
  await later(stage, 7, { had: { front: 8, cases: 1, loose: 0 } });
  await count(page, YOGURT, { front: 6, cases: 1, loose: 0 });
  await row(page, YOGURT).locator('.line-tools .btn', { hasText: '日期' }).click();
  await page.fill('#lot-date-0', '1105');
  await page.fill('#lot-front-0', '6');
  await page.locator('dialog .filter', { hasText: '日期' }).click();
  await page.fill('#lot-date-1', '1013');
  await page.fill('#lot-back-1', '12');
  await page.locator('dialog .sheet-actions .btn-primary').click();
  await toStep(page, 'shelf');
  await says(page.locator('.shelf-task', { hasText: '换 6 杯' }), '后 10月13日 ⇆ 前 11月5日');
  await says(page.locator('.shelf-task', { hasText: '搬 6 杯' }), '后线 12');
  // 2 sold in 7 days; 12 units with 3 days left: 11 1/7 stay, at 4.50 each.
  await says(page.locator('.group', { hasText: '快到期的' }), '会剩 ≈11.14；早处理少亏 ¥50.14');
  await page.locator('.shelf-task', { hasText: '换 6 杯' }).click();
  await finish(page);
  await page.locator('button', { hasText: '给老板看' }).click();
  await says(page.locator('.card-facts'), '10月13日 产');
  await page.locator('.card-pages button').last().click();
  await says(page.locator('.card-table'), '≈11.14');
  await page.locator('.card-tools .icon-button').click();
  await stage.go('customers');
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('.doings a[href$=stock]').click();
  await says(page.locator('.facts'), '1 / 2');
});

scene('On the phone the engine goes by what should be there, says so, and orders nothing unasked', START, async (stage, page) => {
  await shop(stage);
  await later(stage, 7, { had: units(20), ordered: { loose: 8 } });
  await count(page, YOGURT, units(14));
  await order(page, YOGURT, { loose: 0, reason: '资金紧' });
  await finish(page);
  await stage.at(day(10));
  await stage.go('customers');
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('.doings button', { hasText: '电话订货' }).click();
  // 14 sold in 7 days, so 14 − 6 = 8 should be there; 21 − 8 = 13.
  await says(page.locator('.order-row'), '估计还有 8 杯');
  await says(page.locator('.order-row'), '13杯');
  await says(page.locator('.foot-total'), '¥0.00');
  await page.locator('.order-row').click();
  await page.locator('dialog .sheet-actions .btn-primary').click();
  await says(page.locator('.foot-total'), '¥58.50');
});

scene('A first count offers what shops of the same class sell, and a lesson has the day it was last given', START, async (stage, page) => {
  await importList(stage, `店名,编号,类别\n甲一,C1,A\n甲二,C2,A\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价\n${YOGURT},P1,杯,1,4.5\n`);
  await startVisit(stage, '甲一');
  await count(page, YOGURT, units(20));
  await toStep(page, 'agree');
  await page.locator('.shelf-task', { hasText: '先进先出' }).click();
  await finish(page);
  await stage.at(day(7));
  await startVisit(stage, '甲一', 'agree');
  await says(page.locator('.shelf-task', { hasText: '先进先出' }), '上次 11月2日');
  await toStep(page, 'count');
  await count(page, YOGURT, units(6));
  await finish(page);
  await startVisit(stage, '甲二');
  await count(page, YOGURT, units(1));
  await row(page, YOGURT).locator('.tag-main').click();
  await page.locator('dialog button', { hasText: '一周 14 杯' }).click();
  await shows(page, '20杯');
  assert.equal(await text(figure(page)), '20杯');
});
