// The shops as a list: found by whatever is remembered of them, narrowed, sorted, long, doubled, put away.
import assert from 'node:assert/strict';
import { NEXT_WEEK, SHOP, YOGURT, count, finish, importList, says, scene, seed, startVisit, text } from './harness.mjs';

const search = (page) => page.locator('.search input');
const names = (page) => page.locator('.listing .row-name').allInnerTexts();
const finds = async (page, typed, expected) => {
  await search(page).fill(typed);
  const sorted = [...expected].sort();
  try {
    await page.waitForFunction((expected) => {
      const shown = [...document.querySelectorAll('.listing .row-name')].map((name) => name.innerText).sort();
      return JSON.stringify(shown) === JSON.stringify(expected);
    }, sorted, { timeout: 3000 });
  } catch {
    assert.deepEqual((await names(page)).sort(), sorted, `searched for ${typed}`);
  }
};
const shopPage = async (stage, name) => {
  await stage.go('customers');
  await stage.page.locator('.listing a.row', { hasText: name }).first().click();
  await stage.page.waitForSelector('.facts');
};

scene('A shop is found by the first letters of its pinyin, in each reading of a character that has several', {}, async (stage, page) => {
  await importList(stage, '店名,编号\n华润万家,A1\n重庆小面,A2\n长春食品,A3\n建设银行便利店,A4\n厦门沙茶面,A5\n单县羊汤,A6\n乐购超市,A7\n7-Eleven,A8\n');
  await stage.go('customers');
  for (const [typed, name] of [
    ['hrwj', '华润万家'], ['HRWJ', '华润万家'], ['ｈｒｗｊ', '华润万家'], ['rwj', '华润万家'], ['cqxm', '重庆小面'], ['zqxm', '重庆小面'], ['ccsp', '长春食品'], ['zcsp', '长春食品'],
    ['jsyh', '建设银行便利店'], ['jsyx', '建设银行便利店'], ['xmsc', '厦门沙茶面'], ['sxyt', '单县羊汤'], ['dxyt', '单县羊汤'], ['lgcs', '乐购超市'], ['ygcs', '乐购超市'],
    ['7e', '7-Eleven'], ['7-11', null], ['超市lg', null],
  ]) await finds(page, typed, name ? [name] : []);
});

scene('A shop is found in either script and width, past punctuation, by code, phone and area; what was found is marked', {}, async (stage, page) => {
  await importList(stage, `店名,编号,电话,片区\n${SHOP},KH001,138-0013-8000,城东\n萬寶龍百貨,KH002,13911112222,城西\nＡＢＣ超市,KH003,,城西\n`);
  await stage.go('customers');
  for (const [typed, expected] of [
    ['惠民副食建设', [SHOP]], ['惠民 建设路', [SHOP]], ['万宝龙百货', ['萬寶龍百貨']], ['萬寶龍', ['萬寶龍百貨']], ['wblbh', ['萬寶龍百貨']], ['abc', ['ＡＢＣ超市']],
    ['ＫＨ００１', [SHOP]], ['13800138000', [SHOP]], ['0013', [SHOP]], ['城西', ['萬寶龍百貨', 'ＡＢＣ超市']], ['  ', [SHOP, '萬寶龍百貨', 'ＡＢＣ超市']], ['没有的', []],
  ]) await finds(page, typed, expected);
  await says(page.locator('.list-note'), '没有找到');
  await finds(page, 'wbl', ['萬寶龍百貨']);
  assert.equal((await page.locator('.listing mark').allInnerTexts()).join(''), '萬寶龍');
});

scene('A product is found by barcode, other name and pinyin', {}, async (stage, page) => {
  await importList(stage, `品名,编号,条码,别名\n${YOGURT},P1,6901234567892,老酸奶\n鲜橙汁,P2,6909876543210,OJ\n`);
  await stage.go('products');
  for (const [typed, expected] of [['6901234567892', [YOGURT]], ['oj', ['鲜橙汁']], ['lsn', [YOGURT]], ['xcz', ['鲜橙汁']], ['p2', ['鲜橙汁']]]) await finds(page, typed, expected);
});

const MIXED = '店名,编号,路线日,片区,客户类别\n甲店,C1,周二,城东,甲\n王店,C2,周五,城西,乙\n丙店,C3,周二,城西,甲\n丁店,C4,,城东,丙\n';

scene('Filters narrow together, stay pressed, and are cleared with one tap', {}, async (stage, page) => {
  await importList(stage, MIXED);
  await stage.go('customers');
  const press = (name) => page.locator('.filters').getByRole('button', { name, exact: true }).click();
  await press('甲类');
  await finds(page, '', ['甲店', '丙店']);
  await press('乙类');
  await finds(page, '', ['甲店', '王店', '丙店']);
  await page.locator('.filters select').selectOption('城西');
  await finds(page, '', ['王店', '丙店']);
  await press('今天到期');
  await finds(page, '', ['丙店']);
  await finds(page, 'C2', []);
  await finds(page, 'C3', ['丙店']);
  await page.locator('.listing .row').click();
  await page.waitForSelector('.facts');
  await page.goBack();
  await finds(page, '', ['丙店']);
  await page.locator('.filter-clear').click();
  await finds(page, '', ['甲店', '王店', '丙店', '丁店']);
});

scene('The list sorts by next visit, name, last visit, class and area', {}, async (stage, page) => {
  await importList(stage, MIXED);
  await importList(stage, '品名\n水\n');
  await startVisit(stage, '甲店');
  await count(page, '水', { front: 1, loose: 0 });
  await finish(page);
  await stage.go('customers');
  const sorted = async (by, expected) => {
    await page.locator('.sort select').selectOption({ label: by });
    await page.waitForFunction((expected) => [...document.querySelectorAll('.listing li')].map((row) => [parseFloat(row.style.top), row.querySelector('.row-name').innerText])
      .sort((one, other) => one[0] - other[0]).map(([, name]) => name).join() === expected, expected, { timeout: 3000 })
      .catch(async () => assert.fail(`${by}: ${await names(page)}, not ${expected}`));
  };
  // By pinyin: bing, ding, jia, wang.
  await sorted('店名', '丙店,丁店,甲店,王店');
  await sorted('下次拜访', '丙店,王店,甲店,丁店');
  await sorted('上次拜访', '丙店,丁店,王店,甲店');
  await sorted('类别', '丙店,甲店,王店,丁店');
  await sorted('片区', '丁店,甲店,丙店,王店');
});

scene('5,000 shops scroll with a few rows drawn, say their places, and Back returns to the same place', {}, async (stage, page) => {
  await importList(stage, `店名,编号\n${Array.from({ length: 5000 }, (_, at) => `店铺${String(at + 1).padStart(4, '0')}号,S${at + 1}`).join('\n')}\n`);
  await stage.go('customers');
  await says(page.locator('.page-head-note'), '5000 家');
  await page.evaluate(() => window.scrollTo(0, document.querySelector('.listing').offsetTop + document.querySelector('.listing').offsetHeight / 2));
  const middle = page.locator('.listing li[aria-posinset="2505"]');
  await middle.waitFor();
  assert.equal(await middle.getAttribute('aria-setsize'), '5000');
  await says(middle, '店铺2505号');
  assert.ok(await page.locator('.listing li').count() < 60, `${await page.locator('.listing li').count()} rows drawn`);
  const before = await page.evaluate(() => window.scrollY);
  await middle.locator('a').click();
  await says(page.locator('h1'), '店铺2505号');
  await page.goBack();
  await middle.waitFor();
  await page.waitForFunction((before) => Math.abs(window.scrollY - before) < 3, before);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await says(page.locator('.listing li[aria-posinset="5000"]'), '店铺5000号');
  await search(page).fill('4999');
  await page.locator('.listing li[aria-setsize="1"]').waitFor();
});

scene('A shop needs a name and nothing else', {}, async (stage, page) => {
  await stage.go('customers/new');
  await page.fill('#shop-name', '新开的店');
  await page.locator('button[type=submit]').click();
  await says(page.locator('h1'), '新开的店');
  await shopPage(stage, '新开的店');
});

scene('What is wrong with a field that is folded away is shown', {}, async (stage, page) => {
  await stage.go('customers/new');
  await page.fill('#shop-name', '新开的店');
  await page.locator('.form-more summary').click();
  await page.fill('#shop-cycle', '0');
  await page.locator('.form-more summary').click();
  await page.locator('button[type=submit]').click();
  await says(page.locator('#shop-cycle-hint'), '太小');
});

scene('A shop that may be here already is pointed out while it is typed', {}, async (stage, page) => {
  await importList(stage, `店名,编号,电话\n${SHOP},C1,13800138000\n`);
  await stage.go('customers/new');
  await page.fill('#shop-name', '惠民副食 建设路店');
  await says(page.locator('.form-alike a'), `${SHOP} · 店名相同`);
  await page.fill('#shop-name', '惠民副食建没路店');
  await says(page.locator('.form-alike a'), '店名很像');
  await page.fill('#shop-name', '别的店');
  await page.locator('.form-alike').waitFor({ state: 'detached' });
  await page.fill('#shop-phone', '138 0013 8000');
  await says(page.locator('.form-alike a'), '电话相同');
});

scene('Two entries of one shop are merged with the history of both, and taken apart again', {}, async (stage, page) => {
  await seed(stage, { shops: `${SHOP},C1,周二\n惠民副食（建设路店）,C2,周二` });
  await startVisit(stage);
  await count(page, YOGURT, { front: 10, cases: 0, loose: 0 });
  await finish(page);
  await stage.go('customers/duplicates');
  await says(page.locator('.pair'), '店名相同');
  await page.locator('.pair .btn', { hasText: '合并' }).click();
  await page.locator('dialog .btn', { hasText: '留下 惠民副食（建设路店）' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await says(page.locator('.empty'), '没有重复的店');
  await stage.go('customers');
  assert.deepEqual(await names(page), ['惠民副食（建设路店）']);
  await stage.at(NEXT_WEEK);
  await shopPage(stage, '惠民副食（建设路店）');
  await says(page.locator('.facts'), '1 次');
  await says(page.locator('.timeline-row'), '点了 1 / 3 品');
  await startVisit(stage, '惠民副食（建设路店）');
  await count(page, YOGURT, { front: 4, cases: 0, loose: 0 });
  await says(page.locator('.tag-sum'), '卖 6 × 1.5 − 现有 4 = 5');
  await finish(page);
  // The merged one is behind its own address.
  await stage.go('customers');
  await page.locator('.listing a.row').click();
  await page.locator('a.timeline-row').last().click();
  await page.locator('.page-head-sub a.icon-button').click();
  await page.locator('.notice', { hasText: '已并入' }).locator('button', { hasText: '分开' }).click();
  await page.locator('.notice').waitFor({ state: 'detached' });
  await stage.go('customers');
  assert.deepEqual((await names(page)).sort(), [SHOP, '惠民副食（建设路店）'].sort());
  await page.locator('.listing a.row', { hasText: SHOP }).click();
  await says(page.locator('.facts'), '1 次');
});

scene('A shop that is put away leaves lists and plan with its history kept, and comes back', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 10, cases: 0, loose: 0 });
  await finish(page);
  await shopPage(stage, SHOP);
  await page.locator('.detail-head a', { hasText: '改' }).click();
  await page.locator('label', { hasText: '已停用' }).click();
  await page.locator('button[type=submit]').click();
  await says(page.locator('.notice'), '这家店已停用');
  assert.equal(await page.locator('.start-pill').count(), 0);
  await says(page.locator('.timeline-row'), '点了 1 / 3 品');
  await stage.go('customers');
  assert.deepEqual(await names(page), []);
  await page.locator('.filters').getByRole('button', { name: '已停用', exact: true }).click();
  await finds(page, '', [SHOP]);
  await page.locator('.listing .row').click();
  await page.getByRole('button', { name: '恢复' }).click();
  await page.waitForSelector('.start-pill');
  await stage.go('customers');
  assert.deepEqual(await names(page), [SHOP]);
  assert.match(await text(page.locator('.listing .row')), /上次 11月17日/);
});
