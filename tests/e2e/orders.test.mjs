// Orders on their way out: the day by shop and by product, as text and file, what was sent and what has to be sent again.
import assert from 'node:assert/strict';
import { JUICE, NEXT_WEEK, PEANUTS, SHOP, YOGURT, count, downloaded, finish, order, row, says, scene, seed, startVisit, text, toStep } from './harness.mjs';

const OTHER = '红梅小卖部';
/** Keeps what is shared. */
const shares = () => { navigator.share = async (data) => { window.__shared = data; }; };
const chip = (page, shop) => page.locator('.out-order', { hasText: shop }).locator('.chip');

/** Two shops with orders: 2 cases 7 cups (2 free) and 3 nuts; 17 cups. */
async function twoOrders(stage, page) {
  await seed(stage, { shops: `${SHOP},C1,周二\n${OTHER},C2,周二` });
  await startVisit(stage);
  await order(page, YOGURT, { cases: 2, loose: 7 });
  await row(page, YOGURT).locator('.tag-change').click();
  await page.locator('dialog details summary').click();
  await page.fill('#change-free', '2');
  await page.locator('dialog .choice', { hasText: '促销活动' }).click();
  await page.locator('dialog .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await order(page, PEANUTS, { loose: 3 });
  await finish(page);
  await startVisit(stage, OTHER);
  await order(page, YOGURT, { loose: 17 });
  await finish(page);
  await stage.go('orders');
  await page.waitForSelector('.out-order');
}

scene('The day is listed by shop, and by product in cases and loose units with what is free in it', {}, async (stage, page) => {
  await twoOrders(stage, page);
  await says(page.locator('.orders-total'), '¥246.00');
  await says(page.locator('.orders-total'), '2 张订单');
  const rows = page.locator('.out-order', { hasText: SHOP }).locator('tr');
  assert.deepEqual(await Promise.all([text(rows.nth(0)), text(rows.nth(1))]), [`${YOGURT} 2件+7杯 送2杯 139.50`, `${PEANUTS} 3个 30.00`]);
  await page.locator('.orders-tabs button', { hasText: '按商品装车' }).click();
  const loads = page.locator('.receipt tr');
  // 31 + 2 + 17 cups = 50 = 4 cases and 2.
  assert.deepEqual(await Promise.all([text(loads.nth(0)), text(loads.nth(1))]), [`${YOGURT} 含赠品 2杯 4件+2杯`, `${PEANUTS} 3个`]);
});

scene('Every button of the foot is in sight and can be tapped where it is', {}, async (stage, page) => {
  await twoOrders(stage, page);
  const hidden = await page.locator('.orders-foot button').evaluateAll((buttons) => buttons.filter((button) => {
    const box = button.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !button.contains(there);
  }).map((button) => button.getAttribute('aria-label') ?? button.innerText));
  assert.deepEqual(hidden, []);
});

scene('Sharing hands over every order of the day as text and notes when and how it was sent', { init: shares }, async (stage, page) => {
  await twoOrders(stage, page);
  await says(chip(page, SHOP), '没发');
  await page.locator('.orders-foot .btn-primary').click();
  await says(chip(page, SHOP), '14:00 已发 · 消息');
  await says(chip(page, OTHER), '14:00 已发 · 消息');
  const { title, text: words } = await page.evaluate(() => window.__shared);
  assert.equal(title, '2026-11-17 订单');
  for (const part of [`■ ${SHOP}`, `1. ${YOGURT}  2件+7杯 送2杯  ¥139.50`, `2. ${PEANUTS}  3个  ¥30.00`, `■ ${OTHER}`, `1. ${YOGURT}  17杯  ¥76.50`, '¥246.00']) assert.ok(words.includes(part), `${part} in ${words}`);
  await says(page.locator('.orders-foot'), '都发了');
  await stage.go();
  assert.equal(await page.locator('.unsent').count(), 0);
});

scene('The load list is shared without marking the orders as sent', { init: shares }, async (stage, page) => {
  await twoOrders(stage, page);
  await page.locator('.orders-tabs button', { hasText: '按商品装车' }).click();
  await page.locator('.orders-foot .btn-primary').click();
  await says(page.locator('.orders-foot'), '装车单已分享，订单没有标为已发');
  assert.match((await page.evaluate(() => window.__shared)).text, /1\. 晨牧 原味酸奶 200g {2}4件\+2杯/);
  await page.locator('.orders-tabs button', { hasText: '按店' }).click();
  await says(chip(page, SHOP), '没发');
});

scene('A share that is called off sends nothing', { init: () => { navigator.share = async () => { throw new DOMException('no', 'AbortError'); }; } }, async (stage, page) => {
  await twoOrders(stage, page);
  await page.locator('.orders-foot .btn-primary').click();
  await page.waitForTimeout(500);
  await says(chip(page, SHOP), '没发');
});

scene('The file has a row for each line with units, free goods and amounts', {}, async (stage, page) => {
  await twoOrders(stage, page);
  const { name, bytes } = await downloaded(page, () => page.getByRole('button', { name: '存成 CSV' }).click());
  assert.equal(name, 'shelfwise-orders-2026-11-17.csv');
  const [header, ...lines] = bytes.toString().replace('\ufeff', '').trim().split(/\r?\n/).map((line) => line.split(','));
  assert.deepEqual(header, ['单号', '日期', '送货日期', '客户编号', '客户', '编号', '品名', '件数', '散数', '数量', '赠送', '单价', '金额']);
  const figures = lines.map((line) => line.slice(3)).sort();
  assert.deepEqual(figures, [
    ['C1', SHOP, 'P1', YOGURT, '2', '7', '31', '2', '4.5', '139.5'], ['C1', SHOP, 'P3', PEANUTS, '0', '3', '3', '0', '10', '30'],
    ['C2', OTHER, 'P1', YOGURT, '0', '17', '17', '0', '4.5', '76.5'],
  ].sort());
  await says(chip(page, SHOP), '已发 · 文件');
});

scene('An order that is corrected after it was sent has to be sent again', { init: shares }, async (stage, page) => {
  await twoOrders(stage, page);
  await page.locator('.orders-foot .btn-primary').click();
  await says(chip(page, OTHER), '14:00 已发 · 消息');
  await stage.at('2026-11-17T15:30:00+08:00');
  await page.locator('.out-order', { hasText: OTHER }).locator('header a').click();
  await page.locator('.next-visit button', { hasText: '更正' }).click();
  await page.waitForSelector('.visit');
  await toStep(page, 'count');
  await order(page, YOGURT, { cases: 2, loose: 0 });
  await finish(page);
  await stage.go('orders');
  await says(chip(page, OTHER), '更正了，要重发（上次 11月17日 14:00）');
  await says(chip(page, SHOP), '14:00 已发 · 消息');
  assert.equal(await page.locator('.out-order').count(), 2);
  await says(page.locator('.orders-total'), '¥277.50');
  await page.locator('.orders-foot .btn-primary').click();
  await says(chip(page, OTHER), '15:30 已发 · 消息');
  const { text: words } = await page.evaluate(() => window.__shared);
  assert.match(words, /■ 红梅小卖部 \[已更正\]/);
  assert.match(words, /2件 {2}¥108\.00/);
  assert.doesNotMatch(words, /惠民副食/);
});

scene('A correction that orders nothing any more says that the warehouse has to be told', { init: shares }, async (stage, page) => {
  await twoOrders(stage, page);
  await page.locator('.orders-foot .btn-primary').click();
  await says(chip(page, OTHER), '已发');
  await page.locator('.out-order', { hasText: OTHER }).locator('header a').click();
  await page.locator('.next-visit button', { hasText: '更正' }).click();
  await page.waitForSelector('.visit');
  await toStep(page, 'count');
  await count(page, JUICE, { front: 4, cases: 0, loose: 0 });
  await row(page, YOGURT).locator('.count-open').click();
  await row(page, YOGURT).locator('.tag-change').click();
  await page.locator('dialog .btn', { hasText: '不订' }).click();
  await finish(page);
  await stage.go('orders');
  await says(chip(page, OTHER), '已取消，要通知仓库');
  await says(page.locator('.orders-total'), '¥169.50');
});

scene('Today reminds of orders that were not sent, and warns when they are of another day', {}, async (stage, page) => {
  await twoOrders(stage, page);
  await page.locator('.out-order', { hasText: OTHER }).getByRole('button', { name: '标为已发' }).click();
  await says(chip(page, OTHER), '已发 · 口头');
  await stage.go();
  await says(page.locator('.unsent'), '1 张订单还没发');
  assert.equal(await page.locator('.unsent-late').count(), 0);
  await stage.at(NEXT_WEEK);
  await stage.go();
  await says(page.locator('.unsent-late'), '最早是 11月17日 的');
  await page.locator('.unsent').click();
  await says(page.locator('.orders-day h2'), '11月17日 周二');
  await page.getByRole('button', { name: '其实没发' }).click();
  await says(chip(page, OTHER), '没发');
  await stage.go('orders');
  await says(page.locator('.empty'), '这天没有订单');
  await page.getByRole('link', { name: '前一天' }).click();
  await says(page.locator('.orders-day h2'), '11月23日 周一');
});
