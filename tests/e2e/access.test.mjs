// For everyone: no finding of axe-core on any page in either theme, a whole visit by keyboard, names and states for a screen
// reader, and no sideways scrolling on a narrow screen or with text at twice its size.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { SHOP, Stage, YOGURT, aWeekLater, count, dropProfile, field, newProfile, openLine, row, scene, seed, startVisit, text } from './harness.mjs';
import { tour } from './tour.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Everything axe-core finds on the page as it stands, in a line each. */
async function findings(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  // A sheet that still slides in would be judged by colours that nobody sees.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  const violations = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false }).then((result) => result.violations));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary.split('\n').at(1)?.trim()}`));
}

/** Whether the page can be pushed sideways, and what sticks out. */
const overflow = (page) => page.evaluate(() => {
  const room = window.innerWidth;
  if (document.documentElement.scrollWidth <= room) return null;
  const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > room + 1);
  return `${document.documentElement.scrollWidth} px in ${room}: ${wide.slice(0, 3).map((element) => `${element.tagName.toLowerCase()}.${element.className}`).join(', ')}`;
});

scene('axe-core finds nothing on any page or sheet in the dark', { colorScheme: 'dark' }, async (stage, page) => {
  const found = [];
  await tour(stage, async (name) => found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`)));
  assert.deepEqual(found, []);
});

scene('On a screen of 320 px axe-core finds nothing in the light and no page scrolls sideways', { viewport: { width: 320, height: 640 } }, async (stage, page) => {
  const found = [];
  await tour(stage, async (name) => {
    found.push(...[await overflow(page), ...await findings(page)].filter(Boolean).map((finding) => `${name}: ${finding}`));
  });
  assert.deepEqual(found, []);
});

scene('axe-core finds nothing on a wide screen', { viewport: { width: 1280, height: 800 } }, async (stage, page) => {
  const found = [];
  const look = async (name) => found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
  await seed(stage);
  await stage.go();
  await look('today beside a shop');
  await stage.go('customers');
  await look('customers');
  await page.locator('a.row', { hasText: SHOP }).first().click();
  await page.waitForSelector('.start-pill');
  await look('customer beside the list');
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit-pane .open-line');
  await look('visit');
  assert.deepEqual(found, []);
});

/** A test with the browser's own text size at twice the usual. */
function atTwiceTheText(name, options, play) {
  test(name, async () => {
    const profile = newProfile({ webkit: { webprefs: { default_font_size: 32 } } });
    const stage = await Stage.open({ profile, ...options });
    try {
      await stage.go();
      assert.equal(await stage.page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px');
      await play(stage, stage.page);
      stage.assertClean();
    } finally {
      await stage.close();
      dropProfile(profile);
    }
  });
}

/** What lies over the page has a test of its own, below. */
function footInTheFlow() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.visit-foot, .visit-head { position: static !important }');
  document.adoptedStyleSheets.push(sheet);
}

atTwiceTheText('No page scrolls sideways with text at twice its size', { init: footInTheFlow }, async (stage, page) => {
  const found = [];
  await tour(stage, async (name) => { const wide = await overflow(page); if (wide) found.push(`${name}: ${wide}`); });
  assert.deepEqual(found, []);
});

atTwiceTheText('With text at twice its size head and foot leave room to count and to order', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 1, cases: 0, loose: 0 });
  const [head, foot] = await Promise.all(['.visit-head', '.visit-foot'].map((part) => page.locator(part).boundingBox()));
  assert.ok(foot.y - (head.y + head.height) > 844 / 2, `${Math.round(foot.y - head.y - head.height)} of 844 px are left between head and foot`);
  await row(page, YOGURT).locator('.tag-change').click({ timeout: 3000 });
  await page.locator('dialog .btn-primary').click({ timeout: 3000 });
});

/** Tab until the focus is on an element that matches; a reader's way through the page. */
async function tabTo(page, selector, words = '') {
  for (let step = 0; step < 60; step += 1) {
    const there = await page.evaluate(([selector, words]) => {
      const now = document.activeElement;
      return now.matches(selector) && `${now.innerText} ${now.getAttribute('aria-label')}`.includes(words);
    }, [selector, words]);
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector} ${words}`);
}

const headingHasFocus = (page, words) => page.waitForFunction((words) => document.activeElement?.tagName === 'H1' && document.activeElement.innerText.includes(words), words);
const focusId = (page, start) => page.waitForFunction((start) => document.activeElement?.id.startsWith(start), start);

scene('A whole visit is made with the keyboard alone', {}, async (stage, page) => {
  await seed(stage);
  await stage.go();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await tabTo(page, 'a.row', SHOP);
  await page.keyboard.press('Enter');
  await headingHasFocus(page, SHOP);
  await tabTo(page, '.start-pill');
  await page.keyboard.press('Enter');
  await headingHasFocus(page, SHOP);
  await page.waitForSelector('.visit');
  await tabTo(page, 'input[id^=front-]');
  for (const [place, figure] of [['front', '3'], ['cases', '1'], ['loose', '2']]) {
    await focusId(page, place);
    await page.keyboard.type(figure);
    await page.keyboard.press('Enter');
  }
  // Enter in the last dial opened the next line.
  await focusId(page, 'front-');
  assert.equal(await page.locator('.tick[aria-checked=true]').count(), 1);
  await page.keyboard.type('4');
  await tabTo(page, '.tag-change');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo(page, '#change-cases');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await focusId(page, 'change-loose');
  await page.keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await tabTo(page, '.steps button', '订单');
  await page.keyboard.press('Space');
  await page.waitForSelector('.order-row');
  await tabTo(page, '#visit-finish');
  await page.keyboard.press('Enter');
  await headingHasFocus(page, '拜访完成');
});

scene('A tick is a checkbox with a name and a state, turned by Space', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  const tick = row(page, YOGURT).getByRole('checkbox', { name: `${YOGURT} 点好了` });
  assert.equal(await tick.getAttribute('aria-checked'), 'false');
  await count(page, YOGURT, { front: 4 });
  assert.equal(await tick.getAttribute('aria-checked'), 'mixed');
  await tick.press('Space');
  assert.equal(await tick.getAttribute('aria-checked'), 'true');
  await tick.press('Space');
  assert.equal(await tick.getAttribute('aria-checked'), 'false');
});

scene('Dials are named groups with a named field and named steps', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await openLine(page, YOGURT);
  const line = page.getByRole('region', { name: YOGURT });
  for (const name of ['前线，杯', '后线整件', '后线散杯']) {
    const dial = line.getByRole('group', { name, exact: true });
    await dial.getByRole('textbox', { name, exact: true }).waitFor();
    await dial.getByRole('button', { name: `${name}加一` }).click();
    assert.equal(await dial.getByRole('textbox').inputValue(), '1');
    await dial.getByRole('button', { name: `${name}减一` }).click();
    await dial.getByRole('button', { name: `${name}减一` }).click();
    assert.equal(await dial.getByRole('textbox').inputValue(), '0');
  }
});

scene('A sheet is a named dialog that keeps the focus and gives it back', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 } }]);
  await count(page, YOGURT, { front: 4, cases: 0, loose: 0 });
  await row(page, YOGURT).locator('.tag-main').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '为什么进 5杯' });
  await dialog.waitFor();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null), true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.classList.contains('tag-main'));
});

scene('A suggestion is spoken after a pause, once', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 10, cases: 0, loose: 0 } }]);
  await count(page, YOGURT, { front: 4, cases: 0, loose: 0 });
  const said = row(page, YOGURT).locator('[role=status]');
  await page.waitForFunction((element) => element.textContent === '晨牧 原味酸奶 200g：建议进 5杯', await said.elementHandle());
});

scene('The heading takes the focus after each change of page, and names the tab', {}, async (stage, page) => {
  await seed(stage);
  await stage.go();
  for (const [link, title] of [['客户', '客户'], ['商品', '商品'], ['更多', '更多'], ['今天', '今天']]) {
    await page.locator('.dock-bar a', { hasText: link }).click();
    await headingHasFocus(page, title);
    await page.waitForFunction((title) => document.title.startsWith(`${title} · `), title);
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await text(page.locator('.dock-bar a[aria-current=page]')), link);
  }
});
