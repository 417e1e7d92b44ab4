// A backup in which every text of every record is hostile: one shop, product, visit and order for each payload of
// tests/hostile/payloads.json. Made from what the app itself writes, so that only the texts are foreign.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { NEXT_WEEK, aWeekLater, count, downloaded, finish, order, seed, toStep, YOGURT } from '../e2e/harness.mjs';

export const PAYLOADS = JSON.parse(readFileSync(new URL('../hostile/payloads.json', import.meta.url), 'utf8')).map((entry) => entry.text ?? entry);

/** No file in UTF-8 holds half a character. */
const first = (text, most) => [...text.toWellFormed()].slice(0, most).join('');
/** A text of at most so many characters; one that nothing can be seen of gets something to be seen. */
export const fit = (text, most) => (first(text, most).trim() ? first(text, most) : `x${first(text, most - 1)}`);
const id = (kind, at) => `019a0000-0000-7000-8000-${kind}${String(at).padStart(11, '0')}`;

export const shopId = (at) => id('a', at);
export const productId = (at) => id('b', at);
export const visitId = (at) => id('c', at);

/** One of everything, as the app writes it: a visit of today with an order, a promise and a note on a line, and a draft of each kind. */
async function sample(stage) {
  const { page } = stage;
  await seed(stage);
  await aWeekLater(stage, [{ name: YOGURT, figures: { front: 20, cases: 0, loose: 0 }, ordered: { cases: 2, loose: 0 } }]);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await order(page, YOGURT, { cases: 1, loose: 3, reason: '要做促销' });
  await toStep(page, 'agree');
  for (const field of ['promise', 'competitor', 'opinion']) await page.fill(`#agree-${field}`, 'x');
  await page.fill('#agree-day', '2026-11-30');
  await finish(page);
  await stage.go('settings');
  await page.fill('#rep-name', 'x');
  await page.locator('form:has(#rep-name) button[type=submit]').click();
  await page.locator('form:has(#rep-name) .form-kept').waitFor();
  await stage.at(NEXT_WEEK);
  await stage.go('customers/new');
  await page.fill('#shop-name', 'x');
  await page.waitForTimeout(600);
  await stage.go('data');
  return JSON.parse((await downloaded(page, () => page.locator('#backup-now').click())).bytes.toString());
}

/** The backup file with all payloads in it. */
export async function hostileBackup(stage) {
  const whole = await sample(stage);
  const { data } = whole;
  const visit = data.visits.find((visit) => visit.agreed.promise_due);
  const taken = data.orders.find((order) => order.id === visit.order);
  const of = (list, find) => structuredClone(data[list].find(find));
  const made = { customers: [], products: [], summaries: [], visits: [], orders: [], dispatches: [] };
  PAYLOADS.forEach((text, at) => {
    const [customer, product, visited, ordered] = [shopId(at), productId(at), visitId(at), id('d', at)];
    const shop = of('customers', (shop) => shop.id === visit.customer);
    Object.assign(shop, { id: customer, range: [product] });
    Object.assign(shop.fields, {
      name: fit(text, 80), code: fit(text, 40), area: fit(text, 40), phone: fit(text, 40), contact: fit(text, 40), salutation: fit(text, 40),
      opening_hours: fit(text, 40), address: fit(text, 200), note: fit(text, 200),
    });
    made.customers.push(shop);
    const goods = of('products', (goods) => goods.id === visit.lines[0].product);
    goods.id = product;
    Object.assign(goods.fields, { name: fit(text, 80), other_name: fit(text, 80), code: fit(text, 40), barcode: fit(text, 40), unit: fit(text, 8), case: fit(text, 8) });
    made.products.push(goods);
    const again = structuredClone(visit);
    Object.assign(again, { id: visited, customer, order: ordered, notes: [] });
    again.lines = [{ ...again.lines[0], product }];
    again.work = [];
    Object.assign(again.agreed, { promise: fit(text, 200), competitor: fit(text, 200), opinion: fit(text, 200) });
    made.visits.push(again);
    const sold = structuredClone(taken);
    Object.assign(sold, { id: ordered, customer, visit: visited, number: fit(text, 40) });
    sold.lines = [{ ...sold.lines[0], product, reason: 'other', note: fit(text, 40) }];
    made.orders.push(sold);
    made.summaries.push({ ...of('summaries', (summary) => summary.id === visit.customer), id: customer, last_order: { ...of('summaries', (summary) => summary.id === visit.customer).last_order, id: ordered } });
    made.dispatches.push({ ...of('dispatches', (way) => way.id === taken.id), id: ordered, customer });
  });
  for (const [list, records] of Object.entries(made)) data[list] = [...data[list], ...records].sort((one, other) => (one.id < other.id ? -1 : 1));
  for (const settings of data.settings) {
    settings.currency = fit(PAYLOADS[0], 4);
    settings.rep = { name: fit(PAYLOADS[1], 40), company: fit(PAYLOADS[4], 80), phone: fit(PAYLOADS[5], 40) };
  }
  whole.counts = Object.fromEntries(Object.entries(data).map(([list, records]) => [list, records.length]));
  const body = JSON.stringify(data);
  const { sha256, data: _, ...head } = whole;
  return JSON.stringify({ ...head, sha256: createHash('sha256').update(body).digest('hex') }).replace(/\}$/, () => `,"data":${body}}`);
}

/** Puts the hostile backup in the place of everything. */
export async function restoreHostile(stage) {
  const body = await hostileBackup(stage);
  await stage.go('data');
  await stage.page.setInputFiles('#restore-file', { name: 'shelfwise-backup.json', mimeType: 'application/json', buffer: Buffer.from(body) });
  await stage.page.locator('.restore-preview, .restore-problem').first().waitFor({ timeout: 30_000 });
  const problem = stage.page.locator('.restore-problem');
  if (await problem.count()) throw new Error(`the file is refused: ${await problem.innerText()}`);
  await stage.page.locator('#restore-replace').click();
  await stage.page.waitForSelector('.restore-done', { timeout: 30_000 });
}
