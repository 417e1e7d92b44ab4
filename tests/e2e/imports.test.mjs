// Lists in and out: what a file is, is seen before anything is written; a second time changes nothing; a tap takes it back.
import assert from 'node:assert/strict';
import {
  SHOP, YOGURT, chooseFile, count, csvFile, exported, finish, importList, order, says, scene, seed, startVisit, stores, text,
} from './harness.mjs';

const PRODUCTS = `品名,编号,单位,每件数量,单价\n${YOGURT},P1,杯,12,4.5\n`;
const facts = async (page) => (await page.locator('.facts-card dd').allInnerTexts()).map((figure) => Number(figure.replace(/,/g, '')));
const badRows = async (page) => (await page.locator('.group-late li').allInnerTexts()).map((words) => words.replace(/\s+/g, ' ').trim());
const names = async (stage, list) => {
  await stage.go(list);
  await stage.page.waitForSelector('.listing .row, .empty');
  return (await stage.page.locator('.listing .row-name').allInnerTexts()).sort();
};
const write = async (page) => {
  await page.locator('.form-foot .btn-primary').click();
  await page.waitForSelector('.import-done', { timeout: 60_000 });
};
const head = (page) => text(page.locator('main .card .field-hint').first());

// 店名,编号,路线日 / 红梅小卖部,G1,周二 / 惠民副食,G2,周五
const GB18030 = Buffer.from('b5eac3fb2cb1e0bac52cc2b7cfdfc8d50abaecc3b7d0a1c2f4b2bf2c47312cd6dcb6fe0abbddc3f1b8b1cab32c47322cd6dccee50a', 'hex');
const UTF16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('店名\t编号\t路线日\r\n红梅小卖部\tG1\t周二\r\n惠民副食\tG2\t周五\r\n', 'utf16le')]);
for (const [what, bytes, words] of [
  ['GB18030, as a Chinese Excel saves it', GB18030, '2 行 · GB18030 · 逗号分隔'],
  ['UTF-16 with tabs, as "Unicode text"', UTF16, '2 行 · UTF-16 · 制表符分隔'],
  ['UTF-8 with semicolons', Buffer.from('店名;编号;路线日\n红梅小卖部;G1;周二\n惠民副食;G2;周五\n'), '2 行 · UTF-8 · 分号分隔'],
]) {
  scene(`A file in ${what} is read as it is`, {}, async (stage, page) => {
    await chooseFile(stage, bytes);
    assert.equal(await head(page), words);
    assert.equal(await page.locator('.choice', { hasText: '客户' }).locator('input').isChecked(), true);
    await write(page);
    assert.deepEqual(await names(stage, 'customers'), ['惠民副食', '红梅小卖部'].sort());
  });
}

scene('Prices with a thousands comma or a currency sign are read to the cent', {}, async (stage, page) => {
  await importList(stage, '品名;编号;单价\n礼盒;X1;1,234.50\n糖;X2;￥12\n茶;X3;¥0.35\n');
  await stage.go('products');
  for (const price of ['¥1,234.50', '¥12.00', '¥0.35']) await says(page.locator('.listing'), price);
});

scene('Columns are guessed, shown with what is in them, and can be changed before anything is written', {}, async (stage, page) => {
  await chooseFile(stage, '门店名称,客户编码,联系电话,随便,另一个名\n红梅,C1,13800001111,x,好再来\n');
  await says(page.locator('summary', { hasText: '认出 3 列' }), '2 列不用');
  await page.locator('summary', { hasText: '认出' }).click();
  const column = page.locator('.column-row').first();
  assert.equal(await column.locator('option:checked').innerText(), '门店名称');
  await says(column, '红梅');
  await column.locator('select').selectOption({ label: '另一个名' });
  await says(page.locator('.group', { hasText: '前几行' }), '好再来');
  assert.equal((await stores(page)).customers ?? 0, 0);
  await write(page);
  assert.deepEqual(await names(stage, 'customers'), ['好再来']);
});

scene('Each bad row has its line in the file and a reason; the good ones are imported', {}, async (stage, page) => {
  await chooseFile(stage, '品名,编号,每件数量,单价\n水,B1,12,1\n奶,B2,0,2\n茶,B3,6,-1\n糖,B1,6,3\n');
  assert.deepEqual(await facts(page), [1, 0, 0, 3]);
  assert.deepEqual(await badRows(page), ['第 3 行 奶 每件几个：太小', '第 4 行 茶 单价：不能是负数', '第 5 行 糖 和第 2 行是同一个']);
  await write(page);
  assert.deepEqual(await names(stage, 'products'), ['水']);
});

scene('A cycle of 0 days is refused, and a count of a day to come', {}, async (stage, page) => {
  await seed(stage);
  await chooseFile(stage, '店名,编号,拜访周期\n红梅,Z1,0\n');
  assert.deepEqual(await badRows(page), ['第 2 行 红梅 拜访周期：太小']);
  await chooseFile(stage, '日期,客户编号,商品编号,前线\n2026-11-18,C1,P1,5\n2026-11-10,C1,P1,5\n2026-11-10,C9,P1,5\n2026-11-10,C1,P9,5\n');
  assert.equal(await page.locator('.choice', { hasText: '点货记录' }).locator('input').isChecked(), true);
  assert.deepEqual((await badRows(page)).map((row) => row.replace(/^(第 \d 行) \S+/, '$1')), ['第 2 行 日期在今天以后', '第 4 行 没有这个客户：C9', '第 5 行 没有这个商品：P9']);
  assert.equal((await facts(page))[0], 1);
});

scene('Past orders are imported once, and the next visit knows them', {}, async (stage, page) => {
  await seed(stage);
  await importList(stage, '日期,客户编号,商品编号,前线\n2026-11-10,C1,P1,10\n');
  const orders = '订单号,日期,客户编号,商品编号,数量\nA1,2026-11-10,C1,P1,5\nA2,2026-11-12,C1,P2,30\n';
  await chooseFile(stage, orders);
  assert.deepEqual(await facts(page), [2, 0, 0, 0]);
  await write(page);
  await chooseFile(stage, orders);
  assert.deepEqual(await facts(page), [0, 0, 2, 0]);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await says(page.locator('.tag-sum'), '卖 10 × 1.5 − 现有 5 = 10');
});

scene('Rows without a code that look like a shop that is here ask what they are', {}, async (stage, page) => {
  await seed(stage);
  const csv = `店名,电话\n${SHOP},13912345678\n新店,13700000000\n`;
  await chooseFile(stage, csv);
  await says(page.locator('fieldset'), '1 行没有编号');
  assert.equal((await facts(page))[0], 1);
  await page.locator('.choice', { hasText: '跳过' }).click();
  await says(page.locator('.form-foot .btn-primary'), '导入 1 行');
  await page.locator('.choice', { hasText: '就是它' }).click();
  await says(page.locator('.form-foot .btn-primary'), '导入 2 行');
  await write(page);
  assert.deepEqual(await names(stage, 'customers'), [SHOP, '新店'].sort());
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('a[href="tel:13912345678"]').waitFor();
});

scene('Nothing is written before "import", and cancelling while it writes leaves nothing', {}, async (stage, page) => {
  await seed(stage);
  const before = await stores(page);
  const lines = Array.from({ length: 60_000 }, (_, at) => `A${at >> 2},2026-${String(1 + (at >> 2) % 10).padStart(2, '0')}-${String(1 + at % 28).padStart(2, '0')},C1,P${1 + at % 3},${1 + at % 9}`);
  await stage.go('import');
  await page.setInputFiles('#import-file', csvFile(`订单号,日期,客户编号,商品编号,数量\n${lines.join('\n')}\n`));
  await page.waitForSelector('.facts-card', { timeout: 60_000 });
  assert.deepEqual(await stores(page), before);
  await page.locator('.form-foot .btn-primary').click();
  await page.locator('.working .btn').click();
  await page.locator('.notice', { hasText: '已取消，什么都没写' }).waitFor({ timeout: 60_000 });
  assert.deepEqual(await stores(page), before);
});

scene('An import is taken back with a tap: what it changed returns, what it added goes, what was used since stays', {}, async (stage, page) => {
  await seed(stage);
  await importList(stage, `店名,编号,路线日\n${SHOP}改名,C1,周三\n新店一,C2,周二\n新店二,C3,周二\n`);
  await startVisit(stage, '新店二');
  await count(page, YOGURT, { front: 3, cases: 0, loose: 0 });
  await finish(page);
  await stage.go('import');
  await page.getByRole('button', { name: '撤回上次导入' }).click();
  await says(page.locator('.notice'), '恢复 1 条，去掉 1 条，后来用过的 1 条没动');
  assert.deepEqual(await names(stage, 'customers'), [SHOP, '新店二'].sort());
  await stage.go('import');
  await page.getByRole('button', { name: '撤回上次导入' }).click();
  await says(page.locator('.notice'), '没有可以撤回的导入');
});

scene('What is exported comes back unchanged, with awkward texts and guarded formulas', {}, async (stage, page) => {
  await importList(stage, `店名,编号,路线日,电话,备注\n"惠民, ""老""店",C1,周二,+86 138,"两\n行"\n=HYPERLINK("x"),C2,周三,,@SUM(A1)\n-店,C3,,,\n`);
  await importList(stage, `品名,编号,条码,单位,每件数量,单价,保质期\n${YOGURT},P1,06901234567892,杯,12,4.5,21天\n+水,P2,,瓶,24,0.35,12个月\n`);
  for (const [list, rows] of [['客户', 3], ['商品', 2]]) {
    const bytes = await exported(stage, list);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.doesNotMatch(bytes.toString(), /(^|,|")[=+@-]\D/m);
    await chooseFile(stage, bytes);
    assert.deepEqual(await facts(page), [0, 0, rows, 0]);
  }
});

for (const list of ['订单明细', '点货记录']) {
  scene(`The app's own ${list === '订单明细' ? 'orders' : 'counts'} are not doubled when their export is read back`, {}, async (stage, page) => {
    await seed(stage);
    await startVisit(stage);
    await count(page, YOGURT, { front: 10, cases: 0, loose: 0 });
    await order(page, YOGURT, { cases: 1, loose: 2 });
    await finish(page);
    const bytes = await exported(stage, list);
    await chooseFile(stage, bytes);
    assert.deepEqual(await facts(page), [0, 0, 1, 0], `rows from what is here already: ${bytes}`);
  });
}

const inPage = (page, size, unit) => page.evaluate(([size, unit]) => {
  const part = unit.repeat(Math.ceil(1_000_000 / unit.length));
  const file = new File(Array.from({ length: Math.ceil(size / part.length) }, () => part), 'big.csv', { type: 'text/csv' });
  const carrier = new DataTransfer();
  carrier.items.add(file);
  const input = document.querySelector('#import-file');
  input.files = carrier.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}, [size, unit]);

scene('A file of 200 MB without a line break, and one just small enough, are refused in words', {}, async (stage, page) => {
  await stage.go('import');
  await inPage(page, 200_000_000, 'x');
  await says(page.locator('[role=alert]'), '文件太大，最多 40 MB');
  await inPage(page, 30_000_000, 'x');
  await page.locator('[role=alert]', { hasText: '有一格太长' }).waitFor({ timeout: 30_000 });
  await inPage(page, 20_000, '列,');
  await page.locator('[role=alert]', { hasText: '列太多，最多 200 列' }).waitFor({ timeout: 30_000 });
});

scene('500 products of one name are one product and 499 rows that say so', {}, async (stage, page) => {
  await chooseFile(stage, `品名,单价\n${'同名水,1\n'.repeat(500)}`);
  assert.deepEqual(await facts(page), [1, 0, 0, 499]);
  await says(page.locator('.group-late li'), '和第 2 行是同一个');
  await importList(stage, `品名,编号\n${Array.from({ length: 500 }, (_, at) => `同名水,K${at}`).join('\n')}\n`);
  await stage.go('products');
  await says(page.locator('.page-head-note'), '500 个');
});
