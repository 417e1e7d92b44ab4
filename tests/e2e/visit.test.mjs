// A visit's five steps and what surrounds it: what is known before the shelf, what was promised, scanned, given free, put right
// afterwards, ordered on the phone, or never happened.
import assert from 'node:assert/strict';
import {
  JUICE, NEXT_WEEK, SHOP, YOGURT, aWeekLater, count, field, finish, importList, kept, openLine, order, row, says, scene, seed, startVisit, text, toOrder, toStep,
} from './harness.mjs';

const TEN = { front: 10, cases: 0, loose: 0 };
const FIVE = { front: 5, cases: 0, loose: 0 };
const step = (page) => text(page.locator('.steps button[aria-current=step]'));
const sum = (page, name) => row(page, name).locator('.tag-sum');
const sheetGone = (page) => page.locator('dialog').waitFor({ state: 'detached' });

scene('The five steps are reached in any order, and what was done in each stays', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  for (const [to, words] of [['agree', '约定'], ['shelf', '货架'], ['order', '订单'], ['meet', '见面'], ['count', '点货']]) {
    await toStep(page, to);
    assert.equal(await step(page), words);
  }
  await toStep(page, 'shelf');
  await page.locator('.shelf-task').nth(1).click();
  await page.locator('.shelf-task').nth(3).click();
  await toStep(page, 'agree');
  await page.fill('#agree-competitor', '对面在做买一送一');
  await toStep(page, 'count');
  await count(page, YOGURT, FIVE);
  await kept(page);
  await page.reload();
  await page.waitForSelector('.visit');
  await toStep(page, 'shelf');
  assert.deepEqual(await page.locator('.shelf-task').evaluateAll((tasks) => tasks.map((task) => task.getAttribute('aria-checked'))), ['false', 'true', 'false', 'true', 'false']);
  await says(page.locator('.foot-total'), '做完 2 / 5');
  await toStep(page, 'agree');
  assert.equal(await page.inputValue('#agree-competitor'), '对面在做买一送一');
  await toStep(page, 'count');
  await says(row(page, YOGURT), '5');
});

scene('A visit begins with the note, who decides, what was heard and the promise that is overdue', {}, async (stage, page) => {
  await importList(stage, `店名,编号,路线日,联系人,称呼,备注,营业时间\n${SHOP},C1,周二,李霞,李姐,从后门进,7-22点\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价\n${YOGURT},P1,杯,12,4.5\n`);
  await stage.go();
  await page.locator('a.row', { hasText: SHOP }).first().click();
  await page.locator('.start-pill').click();
  await page.waitForSelector('.meet');
  for (const words of ['从后门进', '李霞 · 李姐', '营业 7-22点']) await says(page.locator('.meet'), words);
  await toStep(page, 'count');
  await count(page, YOGURT, TEN);
  await toStep(page, 'agree');
  await page.fill('#agree-promise', '送一台冰柜');
  await page.locator('.choices button', { hasText: '3 天后' }).click();
  await page.fill('#agree-opinion', '酸奶卖得好');
  await page.locator('#visit-finish').click();
  await says(page.locator('.next-visit', { hasText: '送一台冰柜' }), '11月20日');
  await stage.at(NEXT_WEEK);
  await startVisit(stage, SHOP, 'meet');
  await says(page.locator('.meet-promise.meet-late'), '送一台冰柜');
  await says(page.locator('.meet-promise'), '过了时间');
  await says(page.locator('.heard'), '酸奶卖得好');
});

scene('A shop of which nothing is known begins with the count', {}, async (stage, page) => {
  await seed(stage);
  await stage.go();
  await page.locator('a.row', { hasText: SHOP }).first().click();
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  assert.equal(await step(page), '点货');
});

scene('A promise without a time is refused at the finish, which leads there from any step', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, FIVE);
  await toStep(page, 'agree');
  await page.fill('#agree-promise', '送一台冰柜');
  await toOrder(page);
  await page.locator('#visit-finish').click();
  await says(page.locator('[role=alert]'), '答应的事要有个时间');
  assert.equal(await step(page), '约定');
  assert.equal(await page.getAttribute('#agree-day', 'aria-invalid'), 'true');
  await page.fill('#agree-day', '2026-11-16');
  await page.locator('#visit-finish').click();
  await says(page.locator('[role=alert]'), '答应的时间已经过了');
  await page.fill('#agree-day', '2026-11-20');
  await page.fill('#agree-next', '2026-11-26');
  await page.locator('#visit-finish').click();
  await says(page.locator('.next-visit'), '11月26日');
});

// A first order of 5 cups (22.50); what became of it is said at the next visit, and the sum follows.
for (const [came, tap, then, words] of [
  ['in full', (page) => page.locator('dialog').getByRole('button', { name: '到齐了' }).click(), '11月18日 送到', '卖 10 × 1.5 − 现有 5 = 10'],
  ['short', async (page) => {
    await page.getByRole('button', { name: '到得不齐' }).click();
    await page.fill('.came-input', '2');
    await page.getByRole('button', { name: '保存' }).click();
  }, '11月18日 送到', '卖 7 × 1.5 − 现有 5 = 5.5'],
  ['not at all, because it was cancelled', (page) => page.getByRole('button', { name: '取消了' }).click(), '已取消', '卖 5 × 1.5 − 现有 5 = 2.5'],
]) {
  scene(`An order that came ${came} counts as much in the next sum`, {}, async (stage, page) => {
    await seed(stage);
    await aWeekLater(stage, [{ name: YOGURT, figures: TEN, ordered: { loose: 5 } }]);
    await toStep(page, 'meet');
    await says(page.locator('.meet .rows li'), '11月17日 订 1 品 ¥22.50');
    await page.locator('.meet .rows .btn-quiet').click();
    await tap(page);
    await sheetGone(page);
    await says(page.locator('.meet .rows li'), then);
    await toStep(page, 'count');
    await count(page, YOGURT, FIVE);
    await says(sum(page, YOGURT), words);
  });
}

scene('An order that has not come yet says when it is expected, and figures typed before stay', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: TEN, ordered: { loose: 5 } }]);
  await count(page, YOGURT, { front: 8, cases: 0, loose: 1 });
  await toStep(page, 'meet');
  await page.locator('.meet .rows .btn-quiet').click();
  await page.fill('.delivery-later input', '2026-11-26');
  await page.getByRole('button', { name: '还没到', exact: true }).click();
  await sheetGone(page);
  await says(page.locator('.meet .rows li'), '还在路上，预计 11月26日');
  await toStep(page, 'count');
  await openLine(page, YOGURT);
  assert.deepEqual(await Promise.all(['front', 'cases', 'loose'].map((place) => field(page, YOGURT, place).inputValue())), ['8', '0', '1']);
});

const WITH_BARCODES = async (stage) => {
  await importList(stage, `店名,编号,路线日\n${SHOP},C1,周二\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价,条码\n${YOGURT},P1,杯,12,4.5,6901234567892\n${JUICE},P2,瓶,15,3.6,6909876543210\n`);
  await startVisit(stage);
};
const opened = (page, name) => page.waitForFunction((name) => {
  const line = document.querySelector('.count-row-open');
  return line?.innerText.includes(name) && document.activeElement?.id.startsWith('front-') && line.contains(document.activeElement);
}, name);

scene('A barcode scanned into a dial opens its product, and the dial has its figure back', {}, async (stage, page) => {
  await WITH_BARCODES(stage);
  await count(page, YOGURT, { front: 7 });
  await field(page, YOGURT, 'cases').fill('2');
  await field(page, YOGURT, 'front').focus();
  await page.keyboard.type('6909876543210');
  await page.keyboard.press('Enter');
  await opened(page, JUICE);
  assert.equal(await field(page, JUICE, 'front').inputValue(), '');
  await openLine(page, YOGURT);
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '7');
  assert.equal(await field(page, YOGURT, 'cases').inputValue(), '2');
});

scene('A barcode scanned with the focus nowhere opens its product, from any step', {}, async (stage, page) => {
  await WITH_BARCODES(stage);
  for (const [from, code, name] of [['count', '6909876543210', JUICE], ['shelf', '6901234567892', YOGURT]]) {
    await toStep(page, from);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await opened(page, name);
  }
});

scene('An unknown barcode opens the finder with it, and makes a product that has it', {}, async (stage, page) => {
  await WITH_BARCODES(stage);
  await openLine(page, YOGURT);
  await field(page, YOGURT, 'front').focus();
  await page.keyboard.type('6955555555553');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog .search');
  assert.equal(await page.inputValue('dialog .search input'), '6955555555553');
  await page.locator('dialog a.btn-primary').click();
  assert.equal(await page.inputValue('#product-barcode'), '6955555555553');
  await page.fill('#product-name', '新来的水');
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.visit');
  await openLine(page, YOGURT);
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '');
  await page.keyboard.type('6955555555553');
  await page.keyboard.press('Enter');
  await opened(page, '新来的水');
});
