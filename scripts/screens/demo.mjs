// Every screen and sheet of the app with the demonstration's data, in the order of a walk: each begins where the one before ended.
// A new screen is a line here: `name`, `go`, and if wanted `end` (a second picture, scrolled down), `only` (some arrangements) or `part`
// (not in every build: where `isThere` does not find it, what carries the same word is left out with a note).
import { readFileSync } from 'node:fs';
import { chooseFile, closeSheet, countShare, gone, importList, isThere, kept, openRow, openShop, toStep, type, write } from './moves.mjs';

const GOOD = {
  zh: '店名,编号,路线日,电话,联系人,备注\n红梅小卖部,C901,周二,13800001111,周姐,下午来\n学府路教育超市,C902,周三,13800002222,李老板,\n',
  en: 'name,code,route day,phone,contact,note\nMaple Street Kiosk,C901,Tue,13800001111,Aunt Zhou,come after two\nCollege Road Grocery,C902,Wed,13800002222,Mr Li,\n',
};
const BAD = {
  zh: '店名,编号,路线日,电话,联系人,备注\n红梅小卖部,C901,周三,13800001111,周姐,下午来\n南桥粮油店,C903,某天,13800003333,陈姐,\n,C904,周四,,,\n东门批发部,C905,周五,13800005555,老吴,走后门\n',
  en: 'name,code,route day,phone,contact,note\nMaple Street Kiosk,C901,Wed,13800001111,Aunt Zhou,come after two\nSouth Bridge Grains,C903,someday,13800003333,Mrs Chen,\n,C904,Thu,,,\nEast Gate Wholesale,C905,Fri,13800005555,Mr Wu,back door\n',
};
/** Without a code: a shop of the list, and one with its phone and nearly its name. */
const TWINS = {
  zh: '店名,电话\n红梅小卖部,13800001111\n红梅小卖店,13800001111\n',
  en: 'name,phone\nMaple Street Kiosk,13800001111\nMaple Street Kiosk 2,13800001111\n',
};

export const DEMO = [
  { name: 'today-empty', go: ({ go }) => go() },
  { name: 'customers-empty', go: ({ go }) => go('customers') },
  { name: 'products-empty', go: ({ go }) => go('products') },
  { name: 'orders-empty', go: ({ go }) => go('orders') },
  { name: 'import', go: ({ go }) => go('import'), end: true },
  {
    name: 'today', end: true,
    go: async ({ page, go }) => {
      await go();
      await page.locator('.first-actions button').click();
      await page.waitForSelector('.progress', { timeout: 30_000 });
      await page.waitForSelector('.row-why');
    },
  },
  { name: 'customers', go: async ({ page, go }) => { await go('customers'); await page.waitForSelector('.listing .row'); } },
  {
    name: 'customers-search',
    go: async ({ page, language }) => {
      await page.fill('.search input', language === 'zh' ? 'hm' : 'ma');
      await page.waitForSelector('.listing mark');
    },
  },
  { name: 'customers-none', go: async ({ page }) => { await page.fill('.search input', 'qqqq'); await page.locator('.listing .row').first().waitFor({ state: 'detached' }); } },
  {
    name: 'customers-filters',
    go: async ({ page }) => {
      await page.fill('.search input', '');
      await page.locator('.filters button.filter').nth(1).click();
      await page.locator('.filter-clear').waitFor();
    },
  },
  {
    name: 'customer', end: true,
    go: async ({ page }) => {
      await page.locator('.filter-clear').click();
      await page.locator('.listing a.row', { has: page.locator('.chip') }).first().click();
      await page.waitForSelector('.timeline-row');
    },
  },
  {
    name: 'not-made',
    go: async ({ page }) => { await page.locator('.doings button').first().click(); await page.waitForSelector('dialog .not-made-reasons'); },
  },
  {
    name: 'usual-range',
    go: async ({ page }) => {
      await closeSheet(page);
      await page.locator('.doings a[href$=range]').click();
      await page.waitForSelector('.listing .tick-ring');
    },
  },
  { name: 'shop-stock', end: true, go: async (walk) => { const { page } = walk; await openShop(walk); await page.locator('.doings a[href$=stock]').click(); await page.waitForSelector('.stock-card'); await page.locator('.stock-table summary').first().click(); } },
  {
    name: 'shop-file', part: 'the file of a shop',
    go: async (walk) => { await openShop(walk); await (await isThere(walk.page.locator('.doings a[href$="/file"]'))).click(); await walk.page.waitForSelector('h1'); },
  },
  {
    name: 'hand-on', part: 'lists on paper',
    go: async (walk) => { await openShop(walk); await (await isThere(walk.page.locator('.hand-on'))).click(); await walk.page.waitForSelector('dialog'); },
  },
  { name: 'customer-form', go: ({ go }) => go('customers/new') },
  {
    name: 'customer-form-errors',
    go: async ({ page }) => {
      await page.locator('.form-more summary').click();
      await page.locator('button[type=submit]').click();
      await page.waitForSelector('.field-error');
    },
  },
  {
    name: 'customer-form-edit', end: true,
    go: async (walk) => {
      await openShop(walk);
      await walk.page.locator('.detail-head .btn-quiet').click();
      await walk.page.waitForSelector('#shop-name');
    },
  },
  { name: 'products', go: async ({ page, go }) => { await go('products'); await page.waitForSelector('.listing .row'); } },
  { name: 'product-form', go: ({ go }) => go('products/new') },
  {
    name: 'product-form-errors',
    go: async ({ page }) => {
      await page.fill('#product-size', '12.5');
      await page.fill('#product-unit-price', 'abc');
      await page.locator('button[type=submit]').click();
      await page.waitForSelector('.field-error');
    },
  },
  {
    name: 'product-form-edit', end: true,
    go: async ({ page, go }) => {
      await go('products');
      await page.locator('.listing a.row').first().click();
      await page.waitForSelector('#product-name');
    },
  },

  // A visit, step by step.
  {
    name: 'visit-meet', end: true,
    go: async ({ page, go, at }) => {
      await at('14:06');
      await go();
      await page.locator('.start-pill').click();
      await page.waitForSelector('.visit');
      await toStep(page, 'meet');
      await page.waitForSelector('.meet');
    },
  },
  {
    name: 'visit-delivery', end: true,
    go: async ({ page }) => {
      await page.locator('.meet .rows .btn-quiet').first().click();
      await page.waitForSelector('dialog .delivery-later');
    },
  },
  { name: 'visit-delivery-short', end: true, go: async ({ page }) => { await page.locator('dialog [aria-expanded=false]').click(); await page.waitForSelector('.came-row'); } },
  {
    name: 'visit-shelf', end: true,
    go: async ({ page }) => {
      await closeSheet(page);
      await toStep(page, 'shelf');
      for (const nth of [0, 2]) await page.locator('.filter.shelf-task').nth(nth).click();
    },
  },
  { name: 'visit-count-begin', go: async ({ page }) => { await toStep(page, 'count'); await page.waitForSelector('.open-line'); } },
  {
    name: 'visit-count',
    go: async ({ page }) => {
      await countShare(page, 0, 0.3);
      await countShare(page, 1, 0.8);
      await countShare(page, 2, 0);
      const { had } = await openRow(page, 3);
      await type(page, { front: Math.round(had * 0.2), cases: 0, loose: 6 });
      await page.waitForSelector('.tag-figure:not(:empty)');
      await kept(page);
    },
  },
  {
    name: 'visit-count-kinds', end: true,
    go: async ({ page }) => {
      await countShare(page, 4, 1.5);
      await openRow(page, 5);
      await type(page, { front: 11 });
      await countShare(page, 6, 0.25);
      await page.locator('.tag-change').click();
      await page.waitForSelector('#change-loose');
      const cases = page.locator('#change-cases');
      await (await cases.count() ? cases : page.locator('#change-loose')).fill('5');
      await page.locator('dialog .choice').first().click();
      await page.locator('dialog .sheet-actions .btn-primary').click();
      await gone(page);
      await openRow(page, 7);
      await kept(page);
    },
  },
  {
    name: 'visit-count-wrong',
    go: async ({ page }) => { await type(page, { front: 'abc' }); await page.locator('.open-problem', { hasText: /\S/ }).waitFor(); },
  },
  {
    name: 'visit-question-line',
    go: async ({ page }) => { await type(page, { front: '' }); await openRow(page, 4); await page.waitForSelector('.question'); },
  },
  { name: 'visit-question', go: async ({ page }) => { await page.locator('.question button').click(); await page.waitForSelector('dialog .sheet-stack'); } },
  {
    name: 'visit-dates', end: true,
    go: async ({ page }) => {
      await closeSheet(page);
      await openRow(page, 1);
      await page.locator('.line-tools .btn').first().click();
      await page.fill('#lot-date-0', 't-20');
    },
  },
  {
    name: 'visit-note', end: true,
    go: async ({ page }) => {
      await closeSheet(page);
      await page.locator('.line-tools .btn').last().click();
      await page.waitForSelector('#note-returned');
    },
  },
  {
    name: 'visit-why', end: true,
    go: async ({ page }) => {
      await closeSheet(page);
      await openRow(page, 3);
      await page.locator('.tag-main').click();
      await page.waitForSelector('dialog .ledger');
    },
  },
  {
    name: 'owner-card', end: true,
    go: async ({ page }) => { await page.locator('dialog .btn-primary').click(); await page.waitForSelector('.owner-card'); },
  },
  { name: 'owner-card-turned', only: ['narrow'], go: ({ page }) => page.locator('.card-tool').first().click() },
  {
    name: 'visit-change',
    go: async ({ page }) => { await closeSheet(page); await page.locator('.tag-change').click(); await page.waitForSelector('#change-loose'); },
  },
  {
    name: 'visit-change-all', end: true,
    go: async ({ page }) => {
      await page.fill('#change-loose', String(Number(await page.inputValue('#change-loose')) + 4));
      await page.locator('dialog .sheet-actions .btn-primary').click();
      await page.locator('dialog [role=alert]', { hasText: /\S/ }).waitFor();
      await page.locator('dialog fieldset').first().locator('.choice').last().click();
      await page.locator('dialog details summary').click();
    },
  },
  {
    name: 'visit-finder',
    go: async ({ page }) => {
      await page.locator('dialog .sheet-actions .btn').first().click();
      await gone(page);
      await page.locator('.visit-search').click();
      await page.waitForSelector('dialog .finder-rows');
    },
  },
  {
    name: 'visit-menu',
    go: async ({ page }) => { await closeSheet(page); await page.locator('.visit-menu').click(); await page.waitForSelector('dialog .sheet-stack'); },
  },
  { name: 'visit-discard', go: async ({ page }) => { await page.locator('dialog .btn-late').click(); await page.waitForSelector('dialog .sheet-text'); } },
  {
    name: 'visit-order', end: true,
    go: async ({ page }) => {
      await closeSheet(page);
      await openRow(page, 4);
      await countShare(page, 4, 0.4);
      await toStep(page, 'order');
      await page.waitForSelector('.order-row');
      for (const part of await page.locator('details summary').all()) await part.click();
    },
  },
  {
    name: 'visit-agree', end: true,
    go: async ({ page }) => { await toStep(page, 'agree'); await page.waitForSelector('#agree-promise'); },
  },
  {
    name: 'visit-agree-problem',
    go: async ({ page, language }) => {
      await page.fill('#agree-promise', language === 'zh' ? '周四前把冰柜送来' : 'Bring the fridge by Thursday');
      await page.locator('#visit-finish').click();
      await page.waitForSelector('#agree-day[aria-invalid=true]');
    },
  },
  {
    name: 'visit-done', end: true,
    go: async ({ page, at }) => {
      await page.locator('.visit-list .choices button').first().click();
      await at('14:24');
      await page.locator('#visit-finish').click();
      await page.waitForSelector('.done-head');
    },
  },
  {
    name: 'visit-done-all',
    go: async ({ page }) => {
      for (const more of await page.locator('.receipt .btn-link, .counts summary').all()) await more.click();
      await page.locator('.next-visit button').first().click();
      await page.fill('.next-visit input', '2026-11-01');
      await page.waitForSelector('.next-visit [role=alert]');
    },
  },
  {
    name: 'phone-order',
    go: async (walk) => {
      await openShop(walk);
      await walk.page.locator('.doings button').nth(1).click();
      await walk.page.waitForSelector('#visit-finish');
    },
  },
  { name: 'today-later', go: async ({ page, go }) => { await go(); await page.waitForSelector('.unsent'); } },
  { name: 'orders-by-shop', end: true, go: async ({ page, go }) => { await go('orders'); await page.waitForSelector('.out-order'); } },
  { name: 'orders-by-product', end: true, go: async ({ page }) => { await page.locator('.orders-tabs button').last().click(); await page.waitForSelector('.out-order', { state: 'detached' }); } },

  // Lists in and out.
  {
    name: 'import-preview', end: true,
    go: async (walk) => { await chooseFile(walk, GOOD[walk.language], 'shops.csv'); await walk.page.locator('details summary').click(); },
  },
  { name: 'import-done', go: ({ page }) => write(page) },
  { name: 'import-undone', go: async ({ page }) => { await page.locator('.import-done .btn:not(.btn-primary)').click(); await page.waitForSelector('.notice'); } },
  {
    name: 'import-bad-rows', end: true,
    go: async (walk) => {
      await chooseFile(walk, GOOD[walk.language], 'shops.csv');
      await write(walk.page);
      await chooseFile(walk, BAD[walk.language], 'shops of the new district, second list.csv');
      await walk.page.waitForSelector('.group-late');
    },
  },
  {
    name: 'import-same',
    go: (walk) => chooseFile(walk, TWINS[walk.language], 'shops.csv'),
  },
  {
    name: 'duplicates',
    go: async ({ page, go }) => { await write(page); await go('customers/duplicates'); await page.waitForSelector('.pair, .empty'); },
  },
  { name: 'merge', go: async ({ page }) => { await page.locator('.pair > .btn').first().click(); await page.waitForSelector('dialog .merge-keep'); } },

  // The rest.
  { name: 'settings', end: true, go: ({ go }) => go('settings') },
  {
    name: 'settings-problem',
    go: async ({ page }) => { await page.fill('#factor', '0.5'); await page.locator('button[type=submit]').first().click(); await page.waitForSelector('.field-error'); },
  },
  { name: 'about', end: true, go: async ({ page, go }) => { await go('about'); await page.locator('.card .btn').click(); await page.waitForSelector('.licences'); } },
  { name: 'more', end: true, go: ({ go }) => go('more') },
  { name: 'demo-remove', go: async ({ page }) => { await page.locator('.demo .btn').click(); await page.waitForSelector('dialog .btn-late'); } },
  { name: 'data', part: 'backup', end: true, go: async ({ page, go }) => { await go('data'); await isThere(page.locator('#backup-now')); } },
  {
    // Today's backup, chosen again after a list came in.
    name: 'data-restore', part: 'backup', end: true,
    go: async (walk) => {
      const { page, go, language } = walk;
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#backup-now').click()]);
      const backup = { name: download.suggestedFilename(), mimeType: 'application/json', buffer: readFileSync(await download.path()) };
      await importList(walk, BAD[language]);
      await go('data');
      await page.setInputFiles('#restore-file', backup);
      await page.waitForSelector('.restore-preview');
    },
  },
  { name: 'data-wipe', part: 'backup', go: async ({ page, go }) => { await go('data'); await page.locator('#wipe-open').click(); await page.waitForSelector('dialog'); } },
  { name: 'not-found', go: ({ go }) => go('nowhere') },
];
