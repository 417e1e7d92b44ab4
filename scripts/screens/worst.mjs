// The longest there is: 16-character names that differ at their end, an English name of 60, 12件+23瓶 for ¥12,345.60, 128件+232散 in all,
// notes that fill their field. Brought in as CSV files, as a rep would; the names stay as they are in either language.
import { chooseFile, closeSheet, countShare, importList, kept, openRow, openShop, toStep, type, write } from './moves.mjs';

const SHOP = '幸福里社区生鲜便民超市旗舰一号店';
const ENGLISH = "Grandfather Zhou's Neighbourhood Grocery & Household Goods 24";
const NOTE = '老板下午两点以后才在，先跟周姐点货；后门进，狗拴着，别走前门；冰柜钥匙在收银台第二个抽屉里，用完放回去。上次答应的陈列架还没送到，先别提新品，等他开口。';

const row = (cells) => cells.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(',');
const csv = (heads, rows) => `${[heads, ...rows].map(row).join('\n')}\n`;

const SHOPS = csv(['店名', '编号', '等级', '片区', '地址', '电话', '联系人', '称呼', '路线日', '营业时间', '备注'], [
  [SHOP, 'KH-2026-000128', '甲', '城北高新技术产业开发区二片', '建设路与学府路交叉口东南角一百二十八号院内底商三单元', '13800001111', '欧阳建国', '欧阳老板和周姐', '周二', '早上六点半到夜里十一点，中午不休', NOTE],
  ['幸福里社区生鲜便民超市旗舰二号店', 'KH-2026-000129', '乙', '城北高新技术产业开发区二片', '', '13800001111', '', '', '周二', '', ''],
  [ENGLISH, 'KH-2026-000130', '甲', 'North Hi-Tech Development Zone, Sector 2', '', '13800002222', 'Christopher Featherstonehaugh', '', '周一', '', ''],
]);

const TEA = '山语无糖茉莉花茶清香型饮料450ml';
const CASE = 24;
/** Name, price a unit, price a case, ordered last time in cases, counted now in front. */
const GOODS = [
  [TEA, '40.80', '950.60', 10, 0],
  ['山语无糖茉莉花茶清香型饮料900ml', '', '', 10, 41],
  ['Mountain Spring Unsweetened Jasmine Green Tea Drink 12×450ml', '', '', 10, 41],
  ...['晨牧高钙低脂原味风味发酵乳大杯', '晨牧高钙低脂蓝莓风味发酵乳大杯', '果町非浓缩还原鲜榨橙汁家庭装'].map((name) => [`${name}200g`, '', '', 10, 41]),
  ...['清溪天然弱碱性饮用矿泉水整箱', '牧童乳酸菌发酵饮品原味五联装', '巴山石磨手工豆瓣酱微辣瓶装', '北坡特级初榨亚麻籽油礼盒装', '老街坊手工现烤核桃酥铁盒装', '大草原风干牛肉条原味独立装'].map((name) => [`${name}1.5L`, '', '', 9, 17]),
];
const code = (at) => `SP-2026-${String(at + 1).padStart(6, '0')}`;
const PRODUCTS = csv(['品名', '编号', '单位', '每件数量', '单价', '件价', '陈列量'], GOODS.map(([name, price, casePrice], at) => [name, code(at), '瓶', String(CASE), price, casePrice, '60']));
const COUNTS = csv(['日期', '客户编号', '商品编号', '前线', '后线件数', '后线散数'], GOODS.map((_, at) => ['2026-11-17', 'KH-2026-000128', code(at), at ? '1' : '20', at ? '0' : '4', at ? '0' : '18']));
const ORDERS = csv(['单号', '日期', '客户编号', '商品编号', '件数'], GOODS.map(([, , , cases], at) => ['DD-2026-11-18-000001', '2026-11-18', 'KH-2026-000128', code(at), String(cases)]));

const LONG = { zh: '周四中午十二点以前把双门冰柜送到后门，顺便带两个陈列架和新的价签', en: 'Bring the double-door fridge to the back door by Thursday noon, with two display racks' };

export const WORST = [
  { name: 'import-preview', end: true, go: async (walk) => { await chooseFile(walk, SHOPS, '2026年11月城北高新区客户名单（第二版，已核对）final.csv'); await walk.page.locator('details summary').click(); } },
  {
    name: 'today', end: true,
    go: async (walk) => {
      await write(walk.page);
      for (const list of [PRODUCTS, COUNTS, ORDERS]) await importList(walk, list);
      await walk.go();
      await walk.page.waitForSelector('.row-why');
    },
  },
  { name: 'customers', go: async ({ page, go }) => { await go('customers'); await page.waitForSelector('.listing .row'); } },
  { name: 'customers-search', go: async ({ page }) => { await page.fill('.search input', '便民超市'); await page.waitForSelector('.listing mark'); } },
  { name: 'customer', end: true, go: (walk) => openShop(walk, SHOP) },
  { name: 'customer-form', end: true, go: async ({ page }) => { await page.locator('.detail-head .btn-quiet').click(); await page.waitForSelector('#shop-name'); } },
  { name: 'usual-range', go: async (walk) => { await openShop(walk, SHOP); await walk.page.locator('.doings a[href$=range]').click(); await walk.page.waitForSelector('.listing .tick-ring'); } },
  { name: 'products', go: async ({ page, go }) => { await go('products'); await page.waitForSelector('.listing .row'); } },
  { name: 'product-form', go: async ({ page }) => { await page.locator('.listing a.row').first().click(); await page.waitForSelector('#product-name'); } },
  {
    name: 'visit-meet', end: true,
    go: async (walk) => {
      await walk.at('14:06');
      await openShop(walk, SHOP);
      await walk.page.locator('.start-pill').click();
      await walk.page.waitForSelector('.visit');
      await toStep(walk.page, 'meet');
      await walk.page.waitForSelector('.meet');
    },
  },
  {
    name: 'visit-delivery-short', end: true,
    go: async ({ page }) => {
      await page.locator('.meet .rows .btn-quiet').first().click();
      await page.locator('dialog [aria-expanded=false]').click();
      await page.waitForSelector('.came-row');
    },
  },
  { name: 'visit-shelf', end: true, go: async ({ page }) => { await closeSheet(page); await toStep(page, 'shelf'); await page.locator('.shelf-task').first().click(); } },
  {
    name: 'visit-count',
    go: async ({ page }) => {
      await toStep(page, 'count');
      for (const [at, [, , , , front]] of GOODS.entries()) {
        await openRow(page, at);
        await type(page, at ? { front, cases: 0, loose: 0 } : { front: 30, cases: 2, loose: 22 });
      }
      await openRow(page, 0);
      await page.waitForSelector('.tag-figure:not(:empty)');
      await kept(page);
    },
  },
  {
    name: 'visit-count-million', end: true,
    go: async ({ page }) => { await openRow(page, 2); await type(page, { front: 1234567, cases: 12345, loose: 12345 }); await page.waitForSelector('.question'); },
  },
  {
    name: 'visit-why', end: true,
    go: async ({ page }) => {
      await countShare(page, 2, 0.17);
      await openRow(page, 0);
      await page.locator('.tag-main').click();
      await page.waitForSelector('dialog .ledger');
    },
  },
  { name: 'owner-card', end: true, go: async ({ page }) => { await page.locator('dialog .btn-primary').click(); await page.waitForSelector('.owner-card'); } },
  {
    name: 'visit-change', end: true,
    go: async ({ page }) => {
      await closeSheet(page);
      await page.locator('.tag-change').click();
      await page.waitForSelector('#change-loose');
      await page.locator('dialog details summary').click();
      await page.fill('#change-free', '123');
      await page.fill('#change-case-price', '12345.60');
    },
  },
  {
    name: 'visit-order', end: true,
    go: async ({ page }) => {
      await page.locator('dialog fieldset').last().locator('.choice').first().click();
      await page.fill('#change-case-price', '950.60');
      await page.fill('#change-free', '12');
      await page.locator('dialog .sheet-actions .btn-primary').click();
      await page.locator('dialog').waitFor({ state: 'detached' });
      await toStep(page, 'order');
      await page.waitForSelector('.order-row');
    },
  },
  {
    name: 'visit-agree', end: true,
    go: async ({ page, language }) => {
      await toStep(page, 'agree');
      await page.fill('#agree-promise', LONG[language]);
      await page.fill('#agree-competitor', LONG[language]);
      await page.fill('#agree-opinion', LONG[language]);
      await page.locator('.visit-list .choices button').first().click();
    },
  },
  {
    name: 'visit-done', end: true,
    go: async ({ page, at }) => { await at('14:51'); await page.locator('#visit-finish').click(); await page.waitForSelector('.done-head'); },
  },
  { name: 'customer-later', end: true, go: async (walk) => { await openShop(walk, SHOP); await walk.page.waitForSelector('.timeline-row'); } },
  { name: 'visit-meet-promise', end: true, go: async ({ page }) => { await page.locator('.start-pill').click(); await page.waitForSelector('.visit'); await toStep(page, 'meet'); await page.waitForSelector('.meet-promise'); } },
  { name: 'orders-by-shop', end: true, go: async ({ page, go }) => { await go('orders'); await page.waitForSelector('.out-order'); } },
  { name: 'orders-by-product', go: async ({ page }) => { await page.locator('.orders-tabs button').last().click(); await page.waitForSelector('.out-order', { state: 'detached' }); } },
  { name: 'duplicates', go: async ({ page, go }) => { await go('customers/duplicates'); await page.waitForSelector('.pair, .empty'); } },
  { name: 'merge', go: async ({ page }) => { await page.locator('.pair > .btn').first().click(); await page.waitForSelector('dialog .merge-keep'); } },
];
