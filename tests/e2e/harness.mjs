// What every end-to-end test stands on: the site on a free port, a browser with an empty profile, a list of everything that went
// wrong in its pages, and the few moves that many tests make (import a list, start a visit, set the figures of a line).
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../../scripts/serve.mjs';
import { LAUNCH, tellTheTime, withAClock } from './browser.mjs';

export { dropProfile, newProfile, withAClock } from './browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const DIST = resolve(ROOT, process.env.SHELFWISE_DIST ?? 'dist');
const SHOTS = join(ROOT, 'test-results');

/** Two Tuesdays, a week apart. */
export const FIRST_DAY = '2026-11-17T14:00:00+08:00';
export const NEXT_WEEK = '2026-11-24T14:00:00+08:00';

const PHONE = { viewport: { width: 390, height: 844 }, locale: 'zh-CN', colorScheme: 'light', timezoneId: 'Asia/Shanghai' };

let browser = null;
let shared = null;
/** Closes what the stages share. The test runner does it by itself; another run when it is through. */
export async function closeShared() {
  await browser?.close();
  await shared?.close();
  browser = shared = null;
}
if (process.argv[1]?.endsWith('.test.mjs')) after(closeShared);

/** A server of its own, for tests that close it or change the site. */
export const host = (options = {}) => serve({ dir: DIST, port: 9300, quality: 1, change: withAClock, ...options });

/** One browser profile on the site, with everything that went wrong in it. `args` are for a browser with a profile of its own. */
export class Stage {
  trouble = [];

  /** `profile`: a folder that outlives the browser; `server`: other than the file's; `allowed`: console errors this test causes. */
  static async open({ profile, server, at = FIRST_DAY, allowed = [], init, args = [], ...options } = {}) {
    const stage = new Stage();
    stage.server = server ?? (shared ??= await host());
    stage.url = stage.server.url;
    stage.allowed = allowed;
    const looks = { ...PHONE, ...options };
    if (profile) {
      stage.context = await chromium.launchPersistentContext(profile, { ...LAUNCH, args: [...LAUNCH.args, ...args], ...looks });
    } else {
      browser ??= await chromium.launch(LAUNCH);
      stage.context = await browser.newContext(looks);
    }
    stage.context.setDefaultTimeout(20_000);
    stage.context.on('console', (message) => message.type() === 'error' && stage.blame(`console: ${message.text()} ${message.location().url}`));
    stage.context.on('weberror', (error) => stage.blame(`uncaught: ${error.error().message}`));
    stage.context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== new URL(stage.url).origin) stage.blame(`request to another origin: ${url}`);
    });
    await stage.context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => console.error('CSP violation', event.violatedDirective, event.blockedURI, event.sample));
    });
    await stage.context.addInitScript(tellTheTime);
    if (init) await stage.context.addInitScript(init);
    stage.page = profile ? stage.context.pages()[0] : await stage.context.newPage();
    await stage.at(at);
    return stage;
  }

  blame(words) {
    if (!this.allowed.some((pattern) => pattern.test(words))) this.trouble.push(words);
  }

  /** Sets the clock of every page. */
  at(moment) {
    return this.context.clock.setFixedTime(new Date(moment));
  }

  /** Loads an address of the site and waits for its heading. */
  async go(path = '') {
    await this.page.goto(this.url + path, { waitUntil: 'commit' });
    await this.page.waitForSelector('h1');
  }

  /** Another tab of the same profile. */
  async tab(path = '') {
    const page = await this.context.newPage();
    await page.goto(this.url + path);
    await page.waitForSelector('h1');
    return page;
  }

  assertClean() {
    assert.deepEqual(this.trouble, []);
  }

  close() {
    return this.context.close();
  }
}

/** A test on a stage of its own. Ends with: no console error, no uncaught error, no CSP violation, no request elsewhere. */
export function scene(name, options, play) {
  test(name, async () => {
    const stage = await Stage.open(options);
    try {
      await play(stage, stage.page);
      stage.assertClean();
    } catch (error) {
      mkdirSync(SHOTS, { recursive: true });
      const shot = join(SHOTS, `${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`);
      await stage.page.screenshot({ path: shot, timeout: 3000 }).catch(() => {});
      if (stage.trouble.length) error.message += `\nalso in the page: ${stage.trouble.join('\n')}`;
      throw error;
    } finally {
      await stage.close();
    }
  });
}

// ---- moves ----

export const csvFile = (text, name = 'list.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) });

/** Chooses a file on the import page and waits for what it would do. */
export async function chooseFile(stage, csv, name) {
  await stage.go('import');
  await stage.page.setInputFiles('#import-file', csvFile(csv, name));
  await stage.page.waitForSelector('.facts-card');
}

/** Imports a list from CSV text; which list it is, the app sees by itself. */
export async function importList(stage, csv) {
  await chooseFile(stage, csv);
  await stage.page.locator('.form-foot .btn-primary').click();
  await stage.page.waitForSelector('.import-done');
}

export const SHOP = '惠民副食·建设路店';
export const YOGURT = '晨牧 原味酸奶 200g';
export const JUICE = '果町 鲜橙汁 450ml';
export const PEANUTS = '散装 花生';

/** A shop with route day Tuesday, and products (a case of 12 at 4.50 each, a case of 15 at 3.60 each, loose at 10). */
export async function seed(stage, { shops = `${SHOP},C1,周二`, products = `${YOGURT},P1,杯,12,4.5\n${JUICE},P2,瓶,15,3.6\n${PEANUTS},P3,,1,10` } = {}) {
  await importList(stage, `店名,编号,路线日\n${shops}\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价\n${products}\n`);
}

/** Chooses the plain 1.5 rule: for tests whose sums are about what happened, not about how fast it sells. */
export async function byTheRule({ page, ...stage }) {
  await page.goto(`${stage.url}settings`);
  await page.locator('.choice', { hasText: '只用 1.5 法则' }).click();
  await page.locator('form').first().locator('button[type=submit]').click();
  await says(page.locator('form').first(), '已存在这台设备上');
}

/** The steps of a visit, in their order. */
const STEPS = ['meet', 'shelf', 'count', 'order', 'agree'];
export const toStep = (page, step) => page.locator('.steps button').nth(STEPS.indexOf(step)).click();
export const toOrder = (page) => toStep(page, 'order');

/** From Today into a visit of the shop; at its count, where another step is not asked for. */
export async function startVisit({ page, ...stage }, shop = SHOP, step = 'count') {
  await page.goto(stage.url);
  await page.locator('a.row', { hasText: shop }).first().click();
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  await toStep(page, step);
}

/** The row of a product in the count, open or closed. */
export const row = (page, name) => page.locator('.count-row', { hasText: name });
export const field = (page, name, place) => row(page, name).locator(`[id^=${place}-]`);

/** Unfolds what the shop does not usually sell. */
export async function unfold(page) {
  const folded = page.locator('details.others:not([open]) > summary');
  if (await folded.count()) await folded.click();
}

export async function openLine(page, name) {
  if (!await row(page, name).isVisible()) await unfold(page);
  const closed = row(page, name).locator('.count-open');
  if (await closed.count()) await closed.click();
  await field(page, name, 'front').waitFor();
}

/** Opens a line and types its figures; a place that is not given stays as it is. */
export async function count(page, name, figures) {
  await openLine(page, name);
  for (const [place, figure] of Object.entries(figures)) await field(page, name, place).fill(String(figure));
}

/** Sets the quantity to order on the sheet of a line in the count. */
export async function order(page, name, { cases, loose, reason }) {
  await openLine(page, name);
  await row(page, name).locator('.tag-change').click();
  if (cases !== undefined) await page.fill('#change-cases', String(cases));
  if (loose !== undefined) await page.fill('#change-loose', String(loose));
  if (reason) await page.locator('dialog .choice', { hasText: reason }).click();
  await page.locator('dialog .btn-primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

export const kept = (page) => page.waitForSelector('.visit-status[data-kept=OnDisk]');

/** Finishes the visit in hand and waits for its receipt. */
export async function finish(page) {
  await toOrder(page);
  await page.locator('#visit-finish').click();
  await page.waitForSelector('.done-head');
}

/** One shop, three products, and a visit that found five cups and ordered two cases, up to its receipt. */
export async function oneVisit(stage, page) {
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await order(page, YOGURT, { cases: 2, loose: 0 });
  await finish(page);
}

/** A first visit with these counts and orders, finished; then the same shop's next visit a week later. */
export async function aWeekLater(stage, lines) {
  await startVisit(stage);
  for (const { name, figures, ordered } of lines) {
    await count(stage.page, name, figures);
    if (ordered) await order(stage.page, name, ordered);
  }
  await finish(stage.page);
  await stage.at(NEXT_WEEK);
  await startVisit(stage);
}

/** The text of an element, blanks as one space. */
export const text = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();

/** Waits until an element's text holds `words`. */
export async function says(locator, words) {
  await locator.filter({ hasText: words }).first().waitFor();
}

/** What a press downloads: its name and its bytes. */
export async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** A list as the import page exports it. */
export async function exported(stage, list) {
  await stage.go('import');
  return (await downloaded(stage.page, () => stage.page.locator('.actions .btn', { hasText: list }).click())).bytes;
}

/** How many records each store on disk has. */
export const stores = (page) => page.evaluate(async () => {
  const wait = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
  const [{ name }] = await indexedDB.databases();
  const database = await wait(indexedDB.open(name));
  const counts = {};
  for (const store of database.objectStoreNames) counts[store] = await wait(database.transaction(store).objectStore(store).count());
  database.close();
  return counts;
});
