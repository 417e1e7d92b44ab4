// What was typed survives: a reload, a killed browser, a full disk, a second tab.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  JUICE, SHOP, Stage, YOGURT, aWeekLater, count, dropProfile, field, finish, host, kept, newProfile, openLine, order, row, says, scene, seed, startVisit,
  toOrder,
} from './harness.mjs';

const figures = (page, name) => Promise.all(['front', 'cases', 'loose'].map((place) => field(page, name, place).inputValue()));

/** Kills the browser of a profile as the system would: no word beforehand. */
async function kill(stage, profile) {
  const found = execFileSync('pgrep', ['-f', profile], { encoding: 'utf8' }).trim().split('\n').map(Number);
  const browser = found.find((pid) => {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(`--user-data-dir=${profile}`) && !command.includes('--type=');
  });
  const gone = stage.context.waitForEvent('close');
  process.kill(browser, 'SIGKILL');
  await gone;
}

/** A test that kills its browser: `play` gets a way to open the same profile again. */
function killing(name, play) {
  test(name, async () => {
    const profile = newProfile();
    const server = await host();
    let stage;
    const open = async () => { stage = await Stage.open({ profile, server }); return stage; };
    try {
      await play(open, (killed) => kill(killed, profile));
    } finally {
      // A killed one is closed already; closing it again does nothing.
      await stage?.close();
      await server.close();
      dropProfile(profile);
    }
  });
}

scene('Every figure, the open line and the half-typed word survive a reload', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 12, cases: 1, loose: 7 });
  await openLine(page, JUICE);
  await field(page, JUICE, 'front').pressSequentially('3');
  await kept(page);
  await says(page.locator('.visit-status'), '已存本机');
  await field(page, JUICE, 'front').pressSequentially('4x');
  await kept(page);
  await page.reload();
  await page.waitForSelector('.visit');
  assert.deepEqual(await figures(page, JUICE), ['34x', '', '']);
  await openLine(page, YOGURT);
  assert.deepEqual(await figures(page, YOGURT), ['12', '1', '7']);
});

scene('A figure typed just before the page goes is kept as well', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 12, cases: 1, loose: 7 });
  await page.reload();
  await page.waitForSelector('.visit');
  await openLine(page, YOGURT);
  assert.deepEqual(await figures(page, YOGURT), ['12', '1', '7']);
});

killing('A killed browser loses no figure: Today offers the visit, and it goes on where it was', async (open, killIt) => {
  const first = await open();
  await seed(first);
  await startVisit(first);
  await count(first.page, YOGURT, { front: 12, cases: 1, loose: 7 });
  await count(first.page, JUICE, { front: 9 });
  await kept(first.page);
  first.assertClean();
  await killIt(first);
  const second = await open();
  await second.go();
  const page = second.page;
  await page.locator('.group', { hasText: '还没做完的拜访' }).locator('a.row', { hasText: SHOP }).click();
  await page.waitForSelector('.visit');
  assert.equal(await field(page, JUICE, 'front').inputValue(), '9');
  await openLine(page, YOGURT);
  assert.deepEqual(await figures(page, YOGURT), ['12', '1', '7']);
  second.assertClean();
});

killing('A finished visit is there after the browser is killed', async (open, killIt) => {
  const first = await open();
  await seed(first);
  await startVisit(first);
  await order(first.page, YOGURT, { cases: 2, loose: 7 });
  await finish(first.page);
  await says(first.page.locator('.done-head'), '已存在本机');
  await killIt(first);
  const second = await open();
  await second.go();
  await second.page.locator('.group', { hasText: '今天去过' }).locator('a.row', { hasText: SHOP }).click();
  await says(second.page.locator('.timeline-row'), '订 1 品 ¥139.50');
  second.assertClean();
});

scene('A half-filled shop form survives a reload, and can be thrown away', {}, async (stage, page) => {
  await stage.go('customers/new');
  await page.fill('#shop-name', '红梅');
  await page.fill('#shop-phone', '138');
  await page.waitForSelector('.form-kept');
  await page.reload();
  await page.waitForSelector('#shop-name');
  assert.equal(await page.inputValue('#shop-name'), '红梅');
  assert.equal(await page.inputValue('#shop-phone'), '138');
  await page.locator('.form-kept button').click();
  assert.equal(await page.inputValue('#shop-name'), '');
});

/** A disk that can be full: writes to the database throw as a browser's do. */
function diskThatFills() {
  for (const method of ['put', 'add']) {
    const write = IDBObjectStore.prototype[method];
    IDBObjectStore.prototype[method] = function (...values) {
      if (window.__full) throw new DOMException('The disk is full', 'QuotaExceededError');
      return write.apply(this, values);
    };
  }
}

scene('A full disk is said at once, nothing on screen is lost, and saving again brings it to disk', { init: diskThatFills, allowed: [/Quota|full/i] }, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await page.evaluate(() => { window.__full = true; });
  await count(page, YOGURT, { front: 12, cases: 1, loose: 7 });
  const banner = page.locator('.banner', { hasText: '存储满了' });
  await banner.waitFor();
  await says(page.locator('.visit-status'), '还没存上');
  assert.deepEqual(await figures(page, YOGURT), ['12', '1', '7']);
  await page.evaluate(() => { window.__full = false; });
  await banner.getByRole('button', { name: '再存一次' }).click();
  await banner.waitFor({ state: 'detached' });
  await kept(page);
  await page.reload();
  await page.waitForSelector('.visit');
  await openLine(page, YOGURT);
  assert.deepEqual(await figures(page, YOGURT), ['12', '1', '7']);
});

scene('A visit that could not be finished on a full disk is finished after there is room', { init: diskThatFills, allowed: [/Quota|full/i] }, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await order(page, YOGURT, { cases: 1, loose: 0 });
  await kept(page);
  await toOrder(page);
  await page.evaluate(() => { window.__full = true; });
  await page.locator('#visit-finish').click();
  await page.locator('.banner', { hasText: '存储满了' }).waitFor();
  await says(page.locator('.order-row'), '1件');
  await page.evaluate(() => { window.__full = false; });
  await page.locator('#visit-finish').click();
  await page.waitForSelector('.done-head');
  await page.locator('.banner').waitFor({ state: 'detached' });
});

scene('A draft is in one tab: another says so, takes it over with every figure, and gives it back', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await field(page, YOGURT, 'front').fill('7');
  const other = await stage.tab(new URL(page.url()).pathname.slice(1));
  await other.waitForSelector('.elsewhere');
  assert.equal(await other.locator('.visit').count(), 0);
  // What was typed a moment ago comes along.
  await other.locator('#take-over').click();
  await other.waitForSelector('.visit');
  assert.equal(await field(other, YOGURT, 'front').inputValue(), '7');
  await page.waitForSelector('.elsewhere');
  await field(other, YOGURT, 'front').fill('8');
  await kept(other);
  await other.close();
  // Nobody else writes any more.
  await page.waitForSelector('.visit');
  await openLine(page, YOGURT);
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '8');
  assert.equal(await page.locator('.reader-banner').count(), 0);
});

/** Typing is kept late, so that a tab gets its turn back before that. */
function keepLate() {
  const wait = window.setTimeout;
  window.setTimeout = (act, time, ...rest) => wait(act, time === 250 ? 4000 : time, ...rest);
}

scene('A tab that has its turn back writes nothing that is older than what another typed meanwhile', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await page.evaluate(keepLate);
  await count(page, YOGURT, { front: 4, cases: 0, loose: 0 });
  await kept(page);
  const other = await stage.tab(new URL(page.url()).pathname.slice(1));
  await other.locator('#take-over').click();
  await other.waitForSelector('.visit');
  await openLine(other, YOGURT);
  await field(other, YOGURT, 'front').fill('5');
  await page.locator('#take-over').click();
  await page.waitForSelector('.visit');
  await openLine(page, YOGURT);
  assert.equal(await field(page, YOGURT, 'front').inputValue(), '5');
  await page.waitForTimeout(5000);
  const onDisk = await page.evaluate(() => new Promise((done) => {
    indexedDB.open('shelfwise').onsuccess = ({ target: { result: database } }) => {
      database.transaction('drafts').objectStore('drafts').getAll().onsuccess = ({ target }) => { database.close(); done(target.result.map((row) => row.body)); };
    };
  }));
  assert.deepEqual(onDisk.map((body) => Object.values(JSON.parse(body).lines).map((line) => line.front)), [['5']]);
});

scene('A tab that sleeps is taken over from, and writes nothing when it wakes', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await kept(page);
  const cdp = await stage.context.newCDPSession(page);
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  const other = await stage.tab(new URL(page.url()).pathname.slice(1));
  const taking = other.locator('#take-over');
  // One that sleeps has let go already where the browser told it in time.
  if (await taking.isVisible().catch(() => false)) await taking.click();
  await other.waitForSelector('.visit');
  await openLine(other, YOGURT);
  await field(other, YOGURT, 'front').fill('9');
  await kept(other);
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });
  await page.waitForSelector('.elsewhere');
  await finish(other);
  await page.waitForSelector('.done-head');
});

scene('Finishing a visit in one tab moves the other tab away from the draft', {}, async (stage, page) => {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await kept(page);
  const other = await stage.tab(new URL(page.url()).pathname.slice(1));
  await other.waitForSelector('.elsewhere');
  await finish(page);
  await other.waitForSelector('.done-head');
  assert.equal(new URL(other.url()).pathname, new URL(page.url()).pathname);
});

scene('A shop added in one tab is in the list of the other', {}, async (stage, page) => {
  await seed(stage);
  await stage.go('customers');
  const other = await stage.tab('customers/new');
  await other.locator('#take-over').click();
  await other.fill('#shop-name', '新开的店');
  await other.locator('button[type=submit]').click();
  await other.waitForSelector('.start-pill');
  await says(page.locator('.listing'), '新开的店');
});

scene('What was typed in the moment before a refused finish is kept', {}, async (stage, page) => {
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 20, cases: 0, loose: 0 }, ordered: { cases: 2, loose: 0 } }]);
  await count(page, YOGURT, { front: 8, cases: 0, loose: 6 });
  await toOrder(page);
  await page.locator('.order-row', { hasText: YOGURT }).click();
  await page.waitForSelector('dialog');
  await kept(page);
  // In one task: the figure is still waiting to be written when the finish begins, and the missing reason refuses it.
  await page.evaluate(() => {
    const field = document.querySelector('#change-loose');
    field.value = '9';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('#visit-finish').click();
  });
  await page.locator('.visit-list > [role=alert]', { hasText: '选个原因' }).waitFor();
  await page.reload();
  await page.waitForSelector('.visit');
  await page.locator('.order-row', { hasText: YOGURT }).click();
  assert.equal(await page.locator('#change-loose').inputValue(), '9');
});
