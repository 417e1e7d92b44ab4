// The day's list of all clocks: rows and why they are there, filters, tomorrow and the week, who is called before a shelf is empty, and
// the order of the route by keys and by hand.
import assert from 'node:assert/strict';
import { NEXT_WEEK, SHOP, YOGURT, aWeekLater, byTheRule, count, finish, importList, order, says, scene, seed, text } from './harness.mjs';

const SHOPS = ['店名,编号,路线日,片区,电话', '东门小卖部,C1,周二,东片,13800000001', '西门超市,C2,周二,西片,13800000002', '东街便利店,C3,周二,东片,13800000003', '周三商行,C4,周三,西片,13800000004'].join('\n');
const PRODUCTS = `品名,编号,单位,每件数量,单价\n${YOGURT},P1,杯,12,4.5\n`;
const todays = (page) => page.locator('.group', { hasText: '今天要办' });
const known = (page) => page.waitForSelector('.filters .filter[aria-pressed=true]');
const route = (page) => page.locator('.stop .row-name').allInnerTexts();

async function day(stage) {
  await importList(stage, `${SHOPS}\n`);
  await importList(stage, PRODUCTS);
  await stage.go();
  await known(stage.page);
}

scene('The list says why each shop is on it, counts what is left, and shows one clock at a time', {}, async (stage, page) => {
  await day(stage);
  await says(todays(page), '路线日周二');
  assert.equal(await todays(page).locator('.agenda-row').count(), 3);
  assert.equal(await text(page.locator('.dock-count [aria-hidden]')), '3');
  const chip = (name) => page.locator('.filters .filter', { hasText: name });
  assert.equal(await text(chip('路线')), '路线 3');
  await chip('承诺').press('Enter');
  await says(page.locator('.list-note'), '这一类今天没有事');
  assert.equal(await todays(page).count(), 0);
  assert.equal(await chip('承诺').getAttribute('aria-pressed'), 'true');
  await chip('全部').click();
  assert.equal(await todays(page).locator('.agenda-row').count(), 3);
});

scene('Tomorrow and the week stand one tap away, with their days, after a reload too', {}, async (stage, page) => {
  await day(stage);
  await page.locator('.segments a', { hasText: '明天' }).click();
  await says(page.locator('h1'), '明天');
  await says(page.locator('.group', { hasText: '11月18日' }), '周三商行');
  assert.equal(await page.locator('.agenda-row', { hasText: '东门小卖部' }).count(), 0);
  await page.locator('.segments a', { hasText: '本周' }).press('Enter');
  await says(page.locator('h1'), '本周');
  await says(page.locator('.group').first(), '东门小卖部');
  await page.reload();
  await says(page.locator('.group', { hasText: '11月18日' }), '周三商行');
  await page.locator('.segments a', { hasText: '今天' }).click();
  await says(todays(page), '东门小卖部');
});

scene('The route goes by area until it is moved by keys or by hand, and stays so after a reload', {}, async (stage, page) => {
  await day(stage);
  await page.locator('.filters .filter', { hasText: '路线' }).click();
  await page.locator('a', { hasText: '排路线' }).click();
  await page.waitForSelector('.stop');
  assert.deepEqual(await route(page), ['东街便利店', '东门小卖部', '西门超市']);
  await page.getByRole('button', { name: '东街便利店 往后' }).focus();
  await page.keyboard.press('Enter');
  await says(page.locator('[role=status]'), '排在第 2，共 3 家');
  assert.deepEqual(await route(page), ['东门小卖部', '东街便利店', '西门超市']);
  assert.match(await page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.getAttribute('aria-label')), /^东街便利店 往/);
  await page.reload();
  await page.waitForSelector('.stop');
  assert.deepEqual(await route(page), ['东门小卖部', '东街便利店', '西门超市']);
  const grip = await page.locator('.stop', { hasText: '西门超市' }).locator('.stop-grip').boundingBox();
  const first = await page.locator('.stop').first().boundingBox();
  await page.mouse.move(grip.x + 20, grip.y + 20);
  await page.mouse.down();
  await page.mouse.move(grip.x + 20, first.y + 40, { steps: 4 });
  await page.mouse.move(grip.x + 20, first.y + 5, { steps: 4 });
  await page.mouse.up();
  await says(page.locator('[role=status]'), '排在第 1，共 3 家');
  assert.deepEqual(await route(page), ['西门超市', '东门小卖部', '东街便利店']);
  await stage.go();
  await says(page.locator('.start-pill'), '西门超市');
  await stage.go('today/route');
  await page.locator('#by-area').click();
  await page.locator('#by-area').waitFor({ state: 'detached' });
  assert.deepEqual(await route(page), ['东街便利店', '东门小卖部', '西门超市']);
});

scene('A shelf that runs dry before the next delivery is a row, and a shop to call', {}, async (stage, page) => {
  await seed(stage);
  await byTheRule(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 40, cases: 0, loose: 0 } }]);
  // 39 of 40 are sold in seven days and nothing is ordered: the last one goes on the day of the visit.
  await count(page, YOGURT, { front: 1, cases: 0, loose: 0 });
  await order(page, YOGURT, { cases: 0, loose: 0, reason: '老板不要' });
  await finish(page);
  await stage.at('2026-11-26T09:00:00+08:00');
  await stage.go('today/run-out');
  await says(page.locator('.agenda-row'), YOGURT);
  await says(page.locator('.group-title'), '断货');
  await stage.go();
  await known(page);
  await says(page.locator('.agenda-row', { hasText: SHOP }), YOGURT);
  await says(page.locator('.agenda-tasks'), '断货电话单');
});

scene('In English and on a tablet the list stands beside the next shop', { locale: 'en-GB', viewport: { width: 1024, height: 768 } }, async (stage, page) => {
  await importList(stage, `${SHOPS}\n`);
  await importList(stage, PRODUCTS);
  await stage.at(NEXT_WEEK);
  await stage.go();
  await known(page);
  await says(page.locator('.agenda-row'), '西门超市');
  await page.locator('.segments a', { hasText: 'This week' }).click();
  await says(page.locator('h1'), 'This week');
});
