// What nobody should type, paste or import: the app says what is wrong with it, keeps it as text, and never breaks.
import assert from 'node:assert/strict';
import {
  JUICE, SHOP, YOGURT, count, csvFile, field, finish, importList, kept, openLine, row, says, scene, seed, startVisit, text, toOrder,
} from './harness.mjs';

const IMG = '<img src=x onerror=alert(1)>';

/** What is typed, and the words that answer it; none where it is a number after all. */
const FIGURES = [
  ['', ''],
  ['-3', '不能是负数'],
  ['1e9', '请填数字'],
  ['12.5', '请填整数'],
  ['abc', '请填数字'],
  ['😀', '请填数字'],
  [IMG, '请填数字'],
  ['=HYPERLINK("x")', '请填数字'],
  ['1000000001', '数太大'],
  ['9'.repeat(10_000), '数太大'],
  ['x'.repeat(10_000), '请填数字'],
  ['\u202e12', ''],
];

scene('A dial answers every hostile figure in words, and reads on as soon as it is mended', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { cases: 0, loose: 0 });
  const alert = row(page, YOGURT).locator('.open-problem');
  assert.equal(await alert.getAttribute('role'), 'alert');
  const front = field(page, YOGURT, 'front');
  for (const [typed, words] of FIGURES) {
    await front.fill(typed);
    await page.waitForFunction(([element, words]) => element.innerText.trim() === words, [await alert.elementHandle(), words]);
    assert.equal(await front.inputValue(), typed);
    assert.equal(await front.getAttribute('aria-invalid'), String(words !== ''));
  }
  // The last one is a 12 behind a mark that turns writing round.
  await openLine(page, JUICE);
  await says(row(page, YOGURT).locator('.count-why'), '12 杯');
});

scene('The quantity to order answers every hostile figure in words and is not taken', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await openLine(page, YOGURT);
  await row(page, YOGURT).locator('.tag-change').click();
  const alert = page.locator('dialog .open-problem');
  for (const [typed, words] of FIGURES.filter(([, words]) => words)) {
    await page.fill('#change-loose', typed);
    await page.waitForFunction(([element, words]) => element.innerText.trim() === words, [await alert.elementHandle(), words]);
    await page.locator('dialog .btn-primary').click();
    await page.waitForFunction(() => document.activeElement?.id === 'change-loose');
  }
  await page.fill('#change-loose', '\u202e12');
  await page.locator('dialog .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.equal(await text(row(page, YOGURT).locator('.tag-figure')), '12杯');
});

scene('Finishing with an unreadable figure leads to that line and says so', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, JUICE, { front: '12.5' });
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await toOrder(page);
  await page.locator('#visit-finish').click();
  await page.waitForFunction(() => document.activeElement?.id.startsWith('front-'));
  assert.equal(await field(page, JUICE, 'front').evaluate((input) => input === document.activeElement), true);
  await says(row(page, JUICE).locator('[role=alert]'), '请填整数');
  await field(page, JUICE, 'front').fill('12');
  await count(page, JUICE, { cases: 0, loose: 0 });
  await finish(page);
  await says(page.locator('.done-head'), '点了 2 / 3 品');
});

scene('Finishing an empty visit says what is missing', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await toOrder(page);
  await page.locator('#visit-finish').click();
  await says(page.locator('[role=alert]'), '还没点货也没订货，先点一品');
  await page.waitForSelector('#visit-finish:enabled');
});

scene('A shop and a product named like markup are shown as text everywhere', {}, async (stage, page) => {
  page.on('dialog', (dialog) => { stage.trouble.push(`dialog: ${dialog.message()}`); return dialog.dismiss(); });
  await stage.go('customers/new');
  await page.fill('#shop-name', IMG);
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.start-pill');
  assert.equal(await page.locator('h1').innerText(), IMG);
  await stage.go('products/new');
  await page.fill('#product-name', '<script>alert(2)</script>');
  await page.fill('#product-unit', '<b>x</b>');
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.listing');
  await startVisit(stage, IMG);
  await count(page, '<script>', { front: 2, loose: 0 });
  await finish(page);
  assert.equal(await page.locator('.head-shop').innerText(), IMG);
  await stage.go();
  assert.equal(await page.locator('img, main b, main script').count(), 0);
});

scene('A shop form says what is wrong with each field and goes to the first', {}, async (stage, page) => {
  await stage.go('customers/new');
  await page.locator('button[type=submit]').click();
  await says(page.locator('#shop-name-hint'), '要填');
  await page.waitForFunction(() => document.activeElement?.id === 'shop-name');
  for (const [name, words] of [['\u200b \t', '要填'], ['长'.repeat(10_000), '太长，最多 80 个字']]) {
    await page.fill('#shop-name', name);
    await page.locator('button[type=submit]').click();
    await says(page.locator('#shop-name-hint'), words);
  }
  await page.fill('#shop-name', '\u202e惠民');
  await page.locator('.form-more summary').click();
  for (const [cycle, words] of [['-3', '不能是负数'], ['1e9', '请填数字'], ['12.5', '请填整数'], ['0', '太小'], ['1000000001', '数太大']]) {
    await page.fill('#shop-cycle', cycle);
    await page.locator('button[type=submit]').click();
    await says(page.locator('#shop-cycle-hint'), words);
  }
  await page.fill('#shop-cycle', '７');
  await page.fill('#shop-address', IMG);
  await page.locator('button[type=submit]').click();
  await page.waitForSelector('.start-pill');
  assert.equal(await page.locator('h1').innerText(), '惠民');
});

scene('A product form refuses prices and case sizes that are none', {}, async (stage, page) => {
  await stage.go('products/new');
  await page.fill('#product-name', '酸奶');
  await page.fill('#product-size', '0');
  await page.fill('#product-unit-price', '4.50001');
  await page.fill('#product-case-price', '-1');
  await page.locator('button[type=submit]').click();
  await says(page.locator('#product-size-hint'), '太小');
  await says(page.locator('#product-unit-price-hint'), '小数位太多');
  await says(page.locator('#product-case-price-hint'), '不能是负数');
  await page.fill('#product-size', '１２');
  await page.fill('#product-unit-price', '￥4。5');
  await page.fill('#product-case-price', '');
  await page.locator('button[type=submit]').click();
  await says(page.locator('.listing'), '¥4.50');
});

scene('A safety factor below 1 is refused with the reason', {}, async (stage, page) => {
  await stage.go('settings');
  for (const [typed, words] of [['0.9', '不能小于 1'], ['abc', '请填数字'], ['', '要填'], ['1e9', '请填数字'], ['-2', '不能是负数'], ['99999', '数太大']]) {
    await page.fill('#factor', typed);
    await page.locator('form:has(#factor) button[type=submit]').click();
    await says(page.locator('#factor-hint'), words);
  }
  await page.fill('#factor', '２');
  await page.locator('form:has(#factor) button[type=submit]').click();
  await says(page.locator('form:has(#factor) .form-kept'), '已存在这台设备上');
  await says(page.locator('form:has(#factor) .example'), '一天 ≈3.93 × 14 天 − 14 = 41');
});

scene('An import shows good and bad rows with line and reason before anything is written', {}, async (stage, page) => {
  await stage.go('import');
  const rows = ['店名,编号,路线日,拜访周期', '"惠民, ""老""店",C1,周二,7', ',C2,周二,7', '红梅,C1,周二,7', '好邻居,C3,某天,7', '老周,C4,周一,-3', `${IMG},C5,,`];
  await page.setInputFiles('#import-file', csvFile(`\ufeff${rows.join('\r\n')}\r\n`));
  await page.waitForSelector('.facts-card');
  assert.deepEqual(await page.locator('.facts-card dd').allInnerTexts(), ['2', '0', '0', '4']);
  const bad = (await page.locator('.group-late li').allInnerTexts()).map((words) => words.replace(/\s+/g, ' ').trim());
  assert.deepEqual(bad, ['第 3 行 店名：要填', '第 4 行 红梅 和第 2 行是同一个', '第 5 行 好邻居 路线日：认不出路线日，请写 周一 到 周日', '第 6 行 老周 拜访周期：不能是负数']);
  assert.equal(await page.locator('.form-foot .btn-primary').innerText(), '导入 2 行');
  await page.locator('.form-foot .btn').last().click();
  await page.waitForSelector('#import-file');
  await stage.go('customers');
  await page.waitForSelector('.empty');
});

scene('The line of a bad row is its line in the file, past blank lines and line breaks inside quotes', {}, async (stage, page) => {
  await stage.go('import');
  await page.setInputFiles('#import-file', csvFile('店名,编号,路线日\n\n"两\n行",C1,周二\n\n红梅,C2,某天\n'));
  await page.waitForSelector('.facts-card');
  await says(page.locator('.group-late li'), '第 6 行 红梅');
});

scene('Names with commas, quotes and line breaks arrive whole', {}, async (stage, page) => {
  await importList(stage, '店名,编号\n"惠民, ""老""店",C1\n"两\n行",C2\n=1+1,C3\n');
  await stage.go('customers');
  const names = await page.locator('.listing .row-name').allInnerTexts();
  assert.deepEqual(names.sort(), ['=1+1', '两 行', '惠民, "老"店'].sort());
});

scene('Importing the same file again changes nothing', {}, async (stage, page) => {
  const csv = `店名,编号,路线日\n${SHOP},C1,周二\n红梅,C2,周三\n`;
  await importList(stage, csv);
  await stage.go('import');
  await page.setInputFiles('#import-file', csvFile(csv));
  await page.waitForSelector('.facts-card');
  assert.deepEqual(await page.locator('.facts-card dd').allInnerTexts(), ['0', '0', '2', '0']);
  assert.equal(await page.locator('.form-foot .btn-primary').isDisabled(), true);
  await says(page.locator('.form-foot .btn-primary'), '没有要写入的行');
});

scene('A file that is no list is refused with what to do about it', {}, async (stage, page) => {
  await stage.go('import');
  const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 37) % 256))]);
  const files = [
    [zip, '这是 Excel 文件，请先另存为 CSV 再导入'],
    [Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 37 + 128) % 256)), '读不懂这个文件'],
    ['品名,编号\n', '只有表头，没有数据'],
    ['', '文件里没有数据行'],
    [`品名\n"${'长'.repeat(10_001)}\n`, '有一格太长'],
    [`品名\n${'x\n'.repeat(300_001)}`, '行太多，最多 30 万行'],
  ];
  for (const [content, words] of files) {
    await page.setInputFiles('#import-file', csvFile(content));
    await says(page.locator('main [role=alert]'), words);
    assert.equal(await page.locator('.form-foot').count(), 0);
  }
});

scene('A file whose columns say nothing asks what it is, and which column is the name', {}, async (stage, page) => {
  await stage.go('import');
  await page.setInputFiles('#import-file', csvFile('甲,乙\n1,2\n'));
  await says(page.locator('.form-foot .btn-primary'), '没有要写入的行');
  assert.equal(await page.locator('.form-foot .btn-primary').isDisabled(), true);
  await page.locator('.choice', { hasText: '商品' }).click();
  await says(page.locator('.group-late li'), '第 2 行');
  assert.equal(await page.locator('.form-foot .btn-primary').isDisabled(), true);
  await page.locator('details summary', { hasText: '认出' }).click();
  await page.locator('.column-row', { hasText: '品名' }).locator('select').selectOption({ label: '乙' });
  await says(page.locator('.facts-card dd').first(), '1');
  await page.locator('.form-foot .btn-primary').click();
  await page.waitForSelector('.import-done');
  await stage.go('products');
  assert.deepEqual(await page.locator('.listing .row-name').allInnerTexts(), ['2']);
});

scene('A draft with unreadable figures is kept as typed', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: IMG });
  await kept(page);
  await page.reload();
  await page.waitForSelector('.visit');
  await openLine(page, YOGURT);
  assert.equal(await field(page, YOGURT, 'front').inputValue(), IMG);
});
