// Language, looks, and what an input method does: the text on screen is the text that was meant.
import assert from 'node:assert/strict';
import { JUICE, YOGURT, count, field, openLine, row, says, scene, seed, startVisit } from './harness.mjs';

for (const [locale, tag, title] of [['zh-CN', 'zh-CN', '今天'], ['zh-TW', 'zh-CN', '今天'], ['zh-Hans-CN', 'zh-CN', '今天'], ['en-US', 'en', 'Today'], ['fr-FR', 'en', 'Today']]) {
  scene(`A system in ${locale} gets the app in ${tag}`, { locale }, async (stage, page) => {
    await stage.go();
    assert.equal(await page.locator('h1').innerText(), title);
    assert.equal(await page.getAttribute('html', 'lang'), tag);
    assert.match(await page.title(), tag === 'en' ? /^Today · / : /^今天 · /);
  });
}

scene('The language changes at once, without a reload, and stays', {}, async (stage, page) => {
  await stage.go('settings');
  await page.evaluate(() => { window.__marker = 'still here'; });
  await page.locator('.choice', { hasText: 'English' }).click();
  await says(page.locator('h1'), 'Settings');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(await page.evaluate(() => window.__marker), 'still here');
  assert.match(await page.title(), /^Settings/);
  await page.reload();
  await says(page.locator('h1'), 'Settings');
  await page.locator('.choice', { hasText: '中文' }).click();
  await says(page.locator('h1'), '设置');
  assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
});

/** Whether the page's ground is dark: its red, of 255. */
const isDark = (page) => page.evaluate(() => Number(getComputedStyle(document.documentElement).backgroundColor.match(/\d+/)[0]) < 100);

scene('Looks follow the system until light or dark is chosen, and the choice stays', { colorScheme: 'dark' }, async (stage, page) => {
  await stage.go('settings');
  assert.equal(await isDark(page), true);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await isDark(page), false);
  await page.locator('.choice', { hasText: '暗' }).click();
  await page.waitForSelector('html[data-theme=shelfwise-dark]');
  assert.equal(await isDark(page), true);
  await page.reload();
  await page.waitForSelector('h1');
  assert.equal(await isDark(page), true);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('.choice', { hasText: '亮' }).click();
  await page.waitForSelector('html[data-theme=shelfwise]');
  assert.equal(await isDark(page), false);
  await page.locator('.choice', { hasText: '系统' }).click();
  await page.waitForSelector('html:not([data-theme])');
  assert.equal(await isDark(page), true);
});

/** An input method at work in the focused field: pinyin first, letter by letter. */
async function compose(page, pinyin) {
  const session = await page.context().newCDPSession(page);
  for (let end = 1; end <= pinyin.length; end += 1) {
    await session.send('Input.imeSetComposition', { text: pinyin.slice(0, end), selectionStart: end, selectionEnd: end });
  }
  return session;
}

/** Enter as a browser reports it while an input method has the keyboard. */
async function enterInside(session) {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

scene('A name typed with a Chinese input method arrives once, and Enter inside it does not save', {}, async (stage, page) => {
  await stage.go('customers/new');
  await page.focus('#shop-name');
  const session = await compose(page, 'huimin');
  await enterInside(session);
  assert.equal(new URL(page.url()).pathname, '/customers/new');
  assert.equal(await page.locator('.field-error').count(), 0);
  await session.send('Input.insertText', { text: '惠民' });
  assert.equal(await page.inputValue('#shop-name'), '惠民');
  await page.waitForSelector('.form-kept');
  assert.equal(await page.inputValue('#shop-name'), '惠民');
  await compose(page, 'dian');
  await session.send('Input.insertText', { text: '店' });
  assert.equal(await page.inputValue('#shop-name'), '惠民店');
  await page.locator('button[type=submit]').click();
  await says(page.locator('h1'), '惠民店');
});

scene('Enter inside an input method does not leave a dial; a plain one does', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await openLine(page, YOGURT);
  const front = field(page, YOGURT, 'front');
  await front.focus();
  const session = await compose(page, '12');
  await enterInside(session);
  assert.equal(await front.evaluate((input) => input === document.activeElement), true);
  await session.send('Input.insertText', { text: '１２' });
  assert.equal(await front.inputValue(), '１２');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id.startsWith('cases-'));
});

scene('Full-width digits are read as the figures they are, and stay as typed', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: '１２', cases: '０', loose: '　3 ' });
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '１２');
  await openLine(page, JUICE);
  await says(row(page, YOGURT).locator('.count-why'), '15 杯');
});

scene('A whole visit reads in English, units and cases included', { locale: 'en-GB' }, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 3, cases: 1, loose: 0 });
  await row(page, YOGURT).locator('.tag-change').click();
  await page.fill('#change-cases', '2');
  await page.fill('#change-loose', '7');
  await page.locator('dialog .btn-primary').click();
  await says(row(page, YOGURT).locator('.tag-figure'), '2 cases + 7');
  await page.locator('.steps button', { hasText: 'Order' }).click();
  await page.getByRole('button', { name: 'Finish visit' }).click();
  await says(page.locator('.done-head'), 'Saved on this device');
  const words = await page.locator('body').innerText();
  assert.deepEqual(words.replace(/惠民副食·建设路店|晨牧 原味酸奶|果町 鲜橙汁|散装 花生/g, '').match(/\p{Script=Han}+/gu), null);
});
