// A walk past every page and every sheet of the app, with a look at each: what the tests of access and of narrow screens share.
import { PEANUTS, YOGURT, aWeekLater, count, csvFile, finish, row, seed, toOrder } from './harness.mjs';

const LONG = '学府路教育超市有一个特别特别长的名字看看在很窄的屏幕上怎么显示';

/** Goes everywhere; `look(name)` is called once a page or sheet stands still. */
export async function tour(stage, look) {
  const { page } = stage;
  const close = async () => {
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  };
  await stage.go();
  await look('today, empty');
  await stage.go('customers');
  await look('customers, empty');
  await stage.go('customers/new');
  await look('customer form');
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.field-error');
  await look('customer form with a problem');
  await stage.go('products/new');
  await look('product form');
  await stage.go('import/customers');
  await look('import');
  await page.setInputFiles('#import-file', csvFile(`店名,编号,路线日\n${LONG},C7,周二\n红梅,C8,某天\n`));
  await page.waitForSelector('.facts-card');
  await look('import, preview');
  await page.locator('.form-foot .btn-primary').click();
  await page.waitForSelector('.import-done');
  await look('import, done');
  await stage.go();
  await look('today, no product yet');
  await seed(stage);
  await stage.go();
  await look('today with shops');
  await stage.go('customers');
  await look('customers');
  await page.locator('a.row', { hasText: '学府路' }).click();
  await page.waitForSelector('.start-pill');
  await look('customer without visits');
  await stage.go('products');
  await look('products');
  for (const path of ['more', 'settings', 'about', 'nowhere']) {
    await stage.go(path);
    await look(path);
  }
  await aWeekLater(stage, [
    { name: YOGURT, figures: { front: 20, cases: 0, loose: 0 }, ordered: { cases: 2, loose: 0 } },
    { name: PEANUTS, figures: { front: 4, loose: 0 } },
  ]);
  await count(page, PEANUTS, { front: 40, loose: 0 });
  await look('visit, a question in the open line');
  await row(page, PEANUTS).locator('.question button').click();
  await look('visit, the question');
  await close();
  await count(page, PEANUTS, { front: 'abc' });
  await look('visit, a problem in the open line');
  await count(page, PEANUTS, { front: 4, loose: 0 });
  await count(page, YOGURT, { front: 8, cases: 0, loose: 6 });
  await look('visit, open line with a suggestion');
  await row(page, YOGURT).locator('.tag-main').click();
  await page.waitForSelector('dialog .ledger');
  await look('visit, why sheet');
  await page.locator('dialog .btn-primary').click();
  await page.waitForSelector('.owner-card');
  await look('visit, owner card');
  await close();
  await row(page, YOGURT).locator('.tag-change').click();
  await page.waitForSelector('#change-loose');
  await page.fill('#change-cases', '5');
  await page.locator('dialog .btn-primary').click();
  await page.locator('dialog [role=alert]', { hasText: /\S/ }).waitFor();
  await look('visit, change sheet without a reason');
  await page.locator('dialog .choice').last().click();
  await page.waitForSelector('#choice-note');
  await look('visit, change sheet with a note');
  await page.fill('#choice-note', '试一试');
  await page.locator('dialog .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('.visit-search').click();
  await page.waitForSelector('dialog .search');
  await look('visit, finder');
  await close();
  await page.locator('.visit-menu').click();
  await page.waitForSelector('dialog .sheet-stack');
  await look('visit, discard');
  await close();
  await toOrder(page);
  for (const part of await page.locator('details summary').all()) await part.click();
  await look('visit, order');
  await finish(page);
  await look('finished visit');
  await page.locator('.next-visit button').click();
  await page.fill('.next-visit input', '2026-11-01');
  await page.waitForSelector('.next-visit [role=alert]');
  await look('finished visit, next date refused');
  await page.locator('.page-head a.icon-button').click();
  await page.waitForSelector('.timeline-row');
  await look('customer with visits');
  await stage.go();
  await look('today with a finished visit');
}
