// People of a shop as a rep keeps them: added by the keyboard, found by their number, hundreds at one shop, forgotten for good; and how
// a shop is followed up.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { SHOP, YOGURT, count, downloaded, finish, says, scene, seed, startVisit } from './harness.mjs';

const NAME = '周敏慧';
const PHONE = '13855667788';

const focused = (page) => page.evaluate(() => document.activeElement?.id);

/** The page of the people of the shop, by way of its card. */
async function toPeople(stage) {
  await stage.go('customers');
  await stage.page.locator('.listing a.row', { hasText: SHOP }).click();
  await stage.page.locator('.who-foot a', { hasText: '联系人' }).click();
  await stage.page.waitForSelector('.people');
}

/** A person with a name, a form of address and a phone. */
async function add(stage, page, { name = NAME, called = '秦姐', phone = PHONE } = {}) {
  await toPeople(stage);
  await page.locator('.page-head a.icon-button-blue').click();
  await page.fill('#person-name', name);
  await page.fill('#person-salutation', called);
  await page.fill('#phone-0', phone);
  await page.locator('.form-foot .btn-primary').click();
  await page.waitForSelector('.person-known');
}

async function backUp(stage) {
  await stage.go('data');
  return (await downloaded(stage.page, () => stage.page.locator('#backup-now').click())).bytes.toString();
}

scene('A person is added by the keyboard alone, and the card before the visit knows them', {}, async (stage, page) => {
  await seed(stage);
  await toPeople(stage);
  await says(page.locator('.empty'), '这家店找谁');
  await page.locator('.empty a').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('#person-name');
  await page.focus('#person-name');
  await page.keyboard.type(NAME);
  await page.keyboard.press('Tab');
  await page.keyboard.type('秦姐');
  await page.keyboard.press('Tab');
  await page.keyboard.type('店长');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'phone-0');
  await page.keyboard.type(PHONE);
  await page.keyboard.press('Enter');
  await says(page.locator('h1'), '秦姐');
  await says(page.locator('.person-known'), '知道 2/8，下次问：第二种联系方式');
  assert.equal(await page.locator('.way a').first().getAttribute('href'), `tel:${PHONE}`);
  await startVisit(stage, SHOP, 'meet');
  await says(page.locator('.who'), '秦姐');
  await says(page.locator('.who'), `${NAME} · 店长`);
  assert.equal(await page.locator('.who a[href^="tel:"]').count(), 1);
});

scene('A phone number of letters is refused at its field, and what was typed stays', {}, async (stage, page) => {
  await seed(stage);
  await toPeople(stage);
  await page.locator('.page-head a.icon-button-blue').click();
  await page.fill('#person-name', NAME);
  await page.locator('.form-add', { hasText: '加一个电话' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'phone-1');
  await page.keyboard.type('call me');
  await page.keyboard.press('Enter');
  await says(page.locator('#phone-1-hint'), '电话只能有数字');
  await page.waitForFunction(() => document.activeElement?.id === 'phone-1');
  assert.equal(await page.inputValue('#person-name'), NAME);
  await page.fill('#phone-1', PHONE);
  await page.keyboard.press('Enter');
  await says(page.locator('.ways'), PHONE);
});

scene('A form half filled is there again after the page is loaded anew', {}, async (stage, page) => {
  await seed(stage);
  await toPeople(stage);
  await page.locator('.page-head a.icon-button-blue').click();
  await page.fill('#person-name', NAME);
  await page.fill('#phone-0', '1385566');
  await page.locator('.choice', { hasText: '拍板的人' }).click();
  await page.locator('.form-kept').waitFor();
  await page.reload();
  await page.waitForSelector('#person-name');
  assert.equal(await page.inputValue('#person-name'), NAME);
  assert.equal(await page.inputValue('#phone-0'), '1385566');
  assert.ok(await page.locator('.choice', { hasText: '拍板的人' }).locator('input').isChecked());
});

scene('Five hundred people at one shop scroll like five, and one more is refused', {}, async (stage, page) => {
  await seed(stage);
  await add(stage, page);
  const whole = JSON.parse(await backUp(stage));
  const [first] = whole.data.people;
  const others = Array.from({ length: 499 }, (_, at) => {
    const number = String(at).padStart(4, '0');
    return { ...first, id: randomUUID(), fields: { ...first.fields, name: `店员${number}`, salutation: '', phones: [`1390000${number}`] } };
  });
  whole.data.people = [first, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
  whole.counts.people = 500;
  whole.sha256 = createHash('sha256').update(JSON.stringify(whole.data)).digest('hex');
  await page.setInputFiles('#restore-file', { name: 'many.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(whole)) });
  await page.locator('#restore-replace').click();
  await page.waitForSelector('.restore-done');
  await toPeople(stage);
  await says(page.locator('.list-note'), '500 位联系人');
  assert.ok(await page.locator('.listing li').count() < 60, 'only those in sight are drawn');
  await page.fill('.search input', '0499');
  await says(page.locator('.list-note'), '0 位联系人');
  await page.fill('.search input', '13900000498');
  await says(page.locator('.listing li'), '店员0498');
  await page.locator('.page-head a.icon-button-blue').click();
  await page.fill('#person-name', '第五百零一');
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('#person-name-hint'), '最多 500 个');
});

scene('Who is forgotten is on no page and in no new backup, and the app says what remains', {}, async (stage, page) => {
  await seed(stage);
  await add(stage, page);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await finish(page);
  assert.ok((await backUp(stage)).includes(NAME));
  await toPeople(stage);
  await page.locator('.listing a', { hasText: '秦姐' }).click();
  await page.locator('.person-acts .btn', { hasText: '忘掉此人' }).click();
  await says(page.locator('dialog'), '不能撤销');
  await page.locator('dialog .btn-late').click();
  await says(page.locator('dialog'), '应用里已经没有了');
  await says(page.locator('dialog'), '以前存出去的备份文件');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('.empty'), '这家店找谁');
  const shop = new URL(page.url()).pathname.replace(/^\//, '').replace(/\/people$/, '');
  for (const path of ['', 'customers', shop, `${shop}/people`, `${shop}/profile`, `${shop}/people/new`]) {
    await stage.go(path);
    await page.waitForTimeout(400);
    const said = await page.locator('body').innerText();
    for (const word of [NAME, '秦姐', PHONE]) assert.ok(!said.includes(word), `${word} on /${path}`);
  }
  const after = await backUp(stage);
  for (const word of [NAME, '秦姐', PHONE]) assert.ok(!after.includes(word), `${word} in the backup`);
  await stage.go('customers');
  await page.fill('.search input', PHONE.slice(-6));
  assert.equal(await page.locator('.phone-hits').count(), 0);
});

scene('A shop is found by the number of somebody there', {}, async (stage, page) => {
  await seed(stage);
  await add(stage, page);
  await stage.go('customers');
  await page.fill('.search input', PHONE.slice(-6));
  await says(page.locator('.phone-hits'), `秦姐 · ${PHONE}`);
  await page.locator('.phone-hits a').click();
  await says(page.locator('h1'), SHOP);
});

scene('Giving up early asks why, and is taken back by a tap; a shop left alone comes back by itself', {}, async (stage, page) => {
  await seed(stage);
  await stage.go('customers');
  await page.locator('.listing a.row', { hasText: SHOP }).click();
  await page.locator('.who-foot a', { hasText: '怎么跟进' }).click();
  await says(page.locator('.meter'), '2 %');
  await says(page.locator('.meter'), '方法给的数字');
  await page.locator('.profile .btn', { hasText: '不跟了' }).click();
  await says(page.locator('dialog'), '还没跟满 4 次');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('dialog'), '写一句为什么');
  await page.waitForFunction(() => document.activeElement?.id === 'quiet-why');
  await page.keyboard.type('换了老板');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('.notice'), '换了老板');
  await page.locator('.notice .btn', { hasText: '重新跟进' }).click();
  await page.locator('.profile .btn', { hasText: '先放一放' }).click();
  await page.locator('dialog .filter', { hasText: '一个月' }).click();
  await page.fill('#quiet-why', '店里装修');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('.notice'), '店里装修');
  await stage.at('2026-12-20T09:00:00+08:00');
  await page.reload();
  await page.locator('.profile .btn', { hasText: '先放一放' }).waitFor();
});
