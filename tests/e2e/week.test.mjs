// A week of following up on the demonstration, day by day, on a phone and on a tablet: the list has every clock, nothing sticks out,
// what is done from a row is noted and can be taken back, and a call offers to be noted where it was begun.
import assert from 'node:assert/strict';
import { says, scene, text } from './harness.mjs';

const AFTERNOON = (date) => `2026-11-${date}T15:00:00+08:00`;
const known = (page) => page.waitForSelector('.filters .filter[aria-pressed=true]');
const rows = (page) => page.locator('.group:not(.group-done) .agenda-row');
const chip = (page, name) => page.locator('.filters .filter', { hasText: name });

async function demo(stage, page) {
  await stage.go();
  await page.locator('.first-actions button').click();
  await page.waitForSelector('.progress', { timeout: 20_000 });
  await known(page);
}

/** The list is made anew a moment after what changes it. */
async function areShown(rows, count) {
  for (let left = 50; left > 0 && await rows.count() !== count; left -= 1) await rows.page().waitForTimeout(100);
  assert.equal(await rows.count(), count);
}

/** Nothing is wider than the window. */
async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide at ${page.url()}`);
}

async function week(stage, page) {
  await demo(stage, page);
  for (const date of [17, 18, 19, 20, 21, 22, 23]) {
    await stage.at(AFTERNOON(date));
    await stage.go();
    await known(page);
    await rows(page).first().waitFor();
    const [all, ...parts] = (await page.locator('.filters .filter-count').allInnerTexts()).map(Number);
    assert.equal(all, parts.reduce((sum, part) => sum + part, 0), `the filters of 11-${date} say as much as the list`);
    assert.ok(all >= 5, `a day of ${all}`);
    await fits(page);
  }
  await stage.go('today/week');
  await page.locator('.group').nth(3).waitFor();
  await fits(page);
  for (const at of ['today/tomorrow', 'today/run-out', 'today/route', 'promises', 'desk']) {
    await stage.go(at);
    await page.waitForSelector('h1');
    await fits(page);
  }
}

scene('A week of the demonstration on a phone', {}, week);
scene('A week of the demonstration on a tablet', { viewport: { width: 1024, height: 768 } }, week);
scene('A week of the demonstration on a phone, in English', { locale: 'en-GB' }, week);

scene('Who is asked within the house is noted from the row, and a slip of the finger is taken back', {}, async (stage, page) => {
  await demo(stage, page);
  await chip(page, '承诺').click();
  const asked = page.getByRole('button', { name: /^已催过：/ });
  await asked.first().waitFor();
  const before = await asked.count();
  await asked.first().click();
  await says(page.locator('.agenda-said'), '记下了，已催过');
  await areShown(asked, before - 1);
  await page.locator('.agenda-said .btn').press('Enter');
  await page.locator('.agenda-said').waitFor({ state: 'detached' });
  await areShown(asked, before);
  // What is shown stays when the page is left.
  await page.locator('.segments a', { hasText: '明天' }).click();
  await says(page.locator('h1'), '明天');
  await page.locator('.segments a', { hasText: '今天' }).click();
  await known(page);
  assert.equal(await chip(page, '承诺').getAttribute('aria-pressed'), 'true');
});

scene('A call from the list offers to be noted in the list', {}, async (stage, page) => {
  await demo(stage, page);
  const call = page.locator('.agenda-row a[href^="tel:"]').first();
  await call.waitFor();
  const href = await call.getAttribute('href');
  // The phone's own dialler is not to be opened here.
  await call.evaluate((link) => {
    link.addEventListener('click', (event) => event.preventDefault(), { once: true });
    link.click();
  });
  await says(page.locator('.offer-bar'), '刚才联系了');
  await page.locator('.offer-bar .btn', { hasText: '没人接' }).click();
  await page.locator('.offer-bar').waitFor({ state: 'detached' });
  const noted = await page.evaluate(async () => {
    const wait = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
    const database = await wait(indexedDB.open('shelfwise'));
    const all = await wait(database.transaction('touches').objectStore('touches').getAll());
    database.close();
    return all.map((row) => JSON.parse(row.body)).filter((touch) => !touch.envelope.demo);
  });
  assert.equal(noted.length, 1, `a contact by ${href}`);
  assert.deepEqual([noted[0].channel, noted[0].outcome], ['phone', 'no_answer']);
});
