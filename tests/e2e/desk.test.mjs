// The message desk as a rep uses it on a Friday evening: thirty shops one after the other, by keyboard and by touch, with a reload and
// without a network in the middle; what the linter finds and mends; skipping; texts of the rep's own.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { downloaded, importList, says, scene, text } from './harness.mjs';

const FRIDAY = '2026-11-20T19:00:00+08:00';
const MONDAY = '2026-11-23T09:00:00+08:00';
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏';
const NAMES = [...SURNAMES].map((surname, at) => `${surname}家商店${String(at).padStart(2, '0')}`);

/** Shops at a stage that is written to, and a rep with a name: through a backup that the app made, so that the file is a true one. */
async function round(stage, { shops = 30, stageOf = () => 'signed', rep = { name: '李明', company: '青山商贸', phone: '' } } = {}) {
  const { page } = stage;
  const rows = NAMES.slice(0, shops).map((name, at) => `${name},C${at},周二,${SURNAMES[at]}建国,${SURNAMES[at]}老板,138000000${String(at).padStart(2, '0')}`);
  await importList(stage, `店名,编号,路线日,联系人,称呼,电话\n${rows.join('\n')}\n`);
  await importList(stage, '品名,编号,单位,每件数量,单价\n晨牧 原味酸奶 200g,P1,杯,12,4.5\n');
  await stage.go('settings');
  await page.fill('#rep-name', rep.name);
  await page.fill('#rep-company', rep.company);
  const form = page.locator('form', { has: page.locator('#rep-name') });
  await form.locator('button[type=submit]').click();
  await says(form, '已存在这台设备上');
  await stage.go('data');
  const whole = JSON.parse((await downloaded(page, () => page.locator('#backup-now').click())).bytes.toString());
  whole.data.profiles = whole.data.customers.map((shop, at) => ({
    v: 1, id: shop.id, envelope: shop.envelope, stage: stageOf(at), tier: null, every: null, snooze: null, days: [], approach: null, style: null, tips: [],
    given_up: null, met_on: null,
  }));
  whole.counts.profiles = whole.data.profiles.length;
  const sha256 = createHash('sha256').update(JSON.stringify(whole.data)).digest('hex');
  await stage.go('data');
  await page.setInputFiles('#restore-file', { name: 'shelfwise-backup.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ ...whole, sha256 })) });
  await page.locator('.restore-preview').waitFor({ timeout: 20000 });
  await page.locator('#restore-replace').click();
  await page.waitForSelector('.restore-done');
}

async function openDesk(stage) {
  await stage.go('desk');
  await stage.page.waitForSelector('#desk-text');
}

/** A messenger that opens nothing: the press alone counts. */
const noMessenger = () => document.addEventListener('click', (event) => {
  if (event.target.closest?.('a[href^="sms:"]')) event.preventDefault();
}, true);

const done = (page, count, all = 30) => says(page.locator('.desk-progress'), `已发 ${count} / ${all}`);
const shop = (page) => page.locator('#desk-to').innerText();

scene('Thirty messages by keyboard: each opened by one press and noted by a second, resumed after a reload and without a network', { at: FRIDAY, init: noMessenger, allowed: [/ERR_INTERNET_DISCONNECTED/] }, async (stage, page) => {
  await round(stage);
  await openDesk(stage);
  await page.locator('#desk-text').focus();
  const seen = new Set();
  const texts = new Set();
  for (let at = 0; at < 30; at += 1) {
    if (at === 10) {
      // Half written, then the page is loaded again.
      await page.keyboard.press('End');
      await page.keyboard.type('祝好。');
      await page.waitForTimeout(600);
      const half = await page.locator('#desk-text').inputValue();
      const name = await shop(page);
      await page.reload();
      await page.waitForSelector('#desk-text');
      await done(page, 10);
      assert.equal(await shop(page), name);
      assert.equal(await page.locator('#desk-text').inputValue(), half);
      await page.locator('#desk-text').focus();
    }
    if (at === 20) await stage.context.setOffline(true);
    const name = await shop(page);
    assert.ok(!seen.has(name), `${name} twice`);
    seen.add(name);
    const message = await page.locator('#desk-text').inputValue();
    assert.ok(message.includes('老板') && message.includes('李明'), message);
    assert.ok(!texts.has(message));
    texts.add(message);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'desk-text', 'the text of the next message has the focus');
    await page.keyboard.press('Control+Enter');
    await says(page.locator('.desk-told'), '发完回来点');
    await done(page, at);
    await page.keyboard.press('Control+Enter');
    await done(page, at + 1);
    if (at < 29) await page.waitForFunction((old) => document.querySelector('#desk-to') && document.querySelector('#desk-to').innerText !== old, name);
  }
  assert.equal(seen.size, 30);
  await says(page.locator('.desk-through'), '这周都写完了');
});

scene('Thirty messages by touch, the same; a sent one can be taken back, a skipped one too', { at: FRIDAY, init: noMessenger, hasTouch: true, isMobile: true }, async (stage, page) => {
  await round(stage);
  await openDesk(stage);
  for (let at = 0; at < 30; at += 1) {
    const name = await shop(page);
    assert.match(await page.locator('#desk-go').getAttribute('href'), /^sms:138\d+\?body=%/);
    await page.locator('#desk-go').tap();
    await page.locator('#desk-go', { hasText: '发出去了' }).tap();
    await done(page, at + 1);
    if (at === 0) {
      await says(page.locator('.desk-last'), name);
      await page.locator('.desk-last button').tap();
      await done(page, 0);
      await page.waitForFunction((old) => document.querySelector('#desk-to')?.innerText === old, name);
      await page.locator('.desk-more button', { hasText: '这周不发' }).tap();
      await says(page.locator('.desk-progress'), '还剩 29 条');
      await page.locator('.desk-last button').tap();
      await says(page.locator('.desk-progress'), '还剩 30 条');
      await page.waitForFunction((old) => document.querySelector('#desk-to')?.innerText === old, name);
      await page.locator('#desk-go').tap();
      await page.locator('#desk-go', { hasText: '发出去了' }).tap();
      await done(page, 1);
    }
    if (at < 29) await page.waitForFunction((old) => document.querySelector('#desk-to') && document.querySelector('#desk-to').innerText !== old, name);
  }
  await says(page.locator('.desk-through'), '发出 30 条');
});

scene('The linter says what is wrong as it is written, and a tap mends it; an emoji alone is no message', { at: FRIDAY, init: noMessenger }, async (stage, page) => {
  await round(stage, { shops: 3 });
  await openDesk(stage);
  const found = page.locator('.desk-findings');
  await says(found, '没有毛病');
  await page.fill('#desk-text', '您订三箱晨牧 原味酸奶吧！！{新品},到了');
  for (const words of ['提了产品名', '问了数量', '标点重复', '没填上的空', '没有称呼', '没有落款', '没有结尾']) await says(found, words);
  await page.locator('.desk-findings li', { hasText: '没有落款' }).locator('button').click();
  await page.locator('.desk-findings li', { hasText: '没有落款' }).waitFor({ state: 'detached' });
  assert.match(await page.locator('#desk-text').inputValue(), /青山商贸 李明$/);
  await found.locator('button', { hasText: '全部改好' }).click();
  await says(found, '没有毛病');
  await page.locator('button', { hasText: '改回刚才的' }).click();
  await says(found, '提了产品名');
  await page.fill('#desk-text', '👍🎉');
  await says(found, '正文里没有话');
  await found.locator('button', { hasText: '全部改好' }).click();
  await says(found, '没有毛病');
  await page.fill('#desk-text', '好'.repeat(200));
  await says(page.locator('#desk-size'), '3 条短信');
  await says(found, '太长');
  await page.fill('#desk-text', ' ');
  assert.ok(await page.locator('#desk-go').isDisabled());
  await page.locator('.desk-tools button', { hasText: '换一条' }).click();
  await says(found, '没有毛病');
});

scene('A chip puts a sentence in, swaps it and takes it out again', { at: FRIDAY, init: noMessenger }, async (stage, page) => {
  await round(stage, { shops: 2 });
  await openDesk(stage);
  await page.fill('#desk-text', '王总，您好！');
  const chip = page.locator('.desk-chips button', { hasText: '服务' });
  const texts = [];
  for (let tap = 0; tap < 3; tap += 1) {
    await chip.click();
    texts.push(await page.locator('#desk-text').inputValue());
    assert.equal(await chip.getAttribute('aria-pressed'), 'true');
  }
  assert.equal(new Set(texts).size, 3);
  await chip.click();
  assert.equal(await page.locator('#desk-text').inputValue(), '王总，您好！');
  assert.equal(await chip.getAttribute('aria-pressed'), 'false');
});

scene('An empty desk teaches; on another day it waits and still lets the rep begin; without a name it leads to the settings', { at: MONDAY, init: noMessenger }, async (stage, page) => {
  await stage.go('desk');
  await says(page.locator('.empty'), '快签约、已签约、重点和长期');
  await round(stage, { shops: 4, stageOf: (at) => ['prospect', 'key', 'closed', 'long_term'][at], rep: { name: '', company: '' } });
  await stage.go('desk');
  await says(page.locator('.desk-wait'), '11月27日');
  await says(page.locator('.notice'), '没法落款');
  await page.locator('.desk-wait .btn-primary').click();
  await page.waitForSelector('#desk-text');
  await done(page, 0, 2);
  await says(page.locator('.desk-findings'), '没有落款');
  await page.locator('.notice a').click();
  await page.waitForSelector('#rep-name');
});

scene('A text of one’s own: an empty one is refused, a kept one is typed on after a reload, an import says what it leaves out', { at: FRIDAY, init: noMessenger }, async (stage, page) => {
  await round(stage, { shops: 2 });
  await stage.go('desk/templates/new');
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('#block-text-hint'), '写上要说的话');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'block-text');
  await page.fill('#block-text', '👍');
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('#block-text-hint'), '只有符号和表情');
  await page.fill('#block-text', '，店里的冰柜我来擦。');
  await page.locator('#block-text').evaluate((area) => area.setSelectionRange(0, 0));
  await page.locator('.desk-chips button', { hasText: '称呼' }).click();
  assert.equal(await page.locator('#block-text').inputValue(), '{称呼}，店里的冰柜我来擦。');
  await says(page.locator('.desk-preview'), '赵老板，店里的冰柜我来擦。');
  await page.locator('.choice', { hasText: '服务' }).click();
  await page.waitForTimeout(600);
  await page.reload();
  await page.waitForSelector('#block-text');
  assert.equal(await page.locator('#block-text').inputValue(), '{称呼}，店里的冰柜我来擦。');
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('.desk-block'), '冰柜');
  await page.locator('a', { hasText: '导入' }).click();
  await page.fill('#blocks-text', '好,问候,\n周末,问候,忙了一周，好好歇歇，{称呼}。\n乱,聊天,周末好\n擦,服务,{称呼}，店里的冰柜我来擦。');
  await says(page.locator('.desk-import'), '可加 1 句，已有 1 句，不能用 2 行');
  await says(page.locator('.desk-refused'), '第 1 行');
  await says(page.locator('.desk-refused'), '聊天');
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('.rows'), '好好歇歇');
  await page.locator('.desk-block', { hasText: '冰柜' }).locator('button').click();
  await says(page.locator('.desk-away'), '收起的');
  await openDesk(stage);
  assert.match(await text(page.locator('.desk-chips')), /服务/);
});

scene('The measures: a wrong figure is named at its field, a right one moves the desk to another evening', { at: MONDAY }, async (stage, page) => {
  await round(stage, { shops: 2 });
  await stage.go('settings/follow');
  await page.fill('#follow-hour', '24');
  await page.fill('#follow-due', '9');
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('#follow-hour-hint'), '太大');
  await says(page.locator('#follow-overdue-hint'), '逾期不能早于该办');
  await page.fill('#follow-hour', '8');
  await page.fill('#follow-due', '0');
  await page.selectOption('#follow-weekday', { label: '周一' });
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('.form-kept'), '已存在这台设备上');
  await openDesk(stage);
  await done(page, 0, 2);
});
