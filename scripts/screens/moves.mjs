// The moves that the screens share: into a sheet and out of it, through a visit, figures in a line, a list from a CSV text.

/** A part of the app that this build does not have. */
export class Missing extends Error {}

/** Goes on where the part is there, without waiting for it. */
export async function isThere(locator) {
  if (!await locator.count()) throw new Missing();
  return locator.first();
}

export const gone = (page, what = 'dialog') => page.locator(what).waitFor({ state: 'detached' });

export async function closeSheet(page) {
  await page.keyboard.press('Escape');
  await gone(page);
}

const STEPS = ['meet', 'shelf', 'count', 'order', 'agree'];
export const toStep = (page, step) => page.locator('.steps button').nth(STEPS.indexOf(step)).click();

export const kept = (page) => page.waitForSelector('.visit-status[data-kept=OnDisk]');

/** The first page of a shop in the list. */
export async function openShop({ page, go }, name) {
  await go('customers');
  await page.locator('.listing a.row', name ? { hasText: name } : {}).first().click();
  await page.waitForSelector('.start-pill');
}

/** Opens the row that is `nth` in the count; gives what stood there before. */
export async function openRow(page, nth) {
  const row = page.locator('.count-row').nth(nth);
  const closed = row.locator('.count-open');
  if (await closed.count()) await closed.click();
  await page.waitForFunction((at) => {
    const wanted = document.querySelectorAll('.count-row')[at];
    return wanted?.matches('.count-row-open, [data-selected]') && document.querySelector('.open-line');
  }, nth);
  const words = await page.locator('.open-names p').innerText();
  const [previous, ordered] = (words.match(/\d[\d,]*/g) ?? []).slice(-2).map((figure) => Number(figure.replace(/,/g, '')));
  return { previous, ordered, had: (previous || 0) + (ordered || 0) };
}

/** Types into the dials of the open line; a place that is not given, or not there, stays as it is. */
export async function type(page, figures) {
  for (const [place, figure] of Object.entries(figures)) {
    const dial = page.locator(`.open-line [id^=${place}-]`);
    if (await dial.count()) await dial.fill(String(figure));
  }
}

/** Counts the row that is `nth`: a share of what was there last time, all of it in front. */
export async function countShare(page, nth, share) {
  const { had } = await openRow(page, nth);
  await type(page, { front: Math.round(had * share), cases: 0, loose: 0 });
}

/** Chooses a file on the import page and waits for what it would do. */
export async function chooseFile({ page, go }, csv, name) {
  await go('import');
  await page.setInputFiles('#import-file', { name, mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.waitForSelector('.facts-card');
}

export async function write(page) {
  await page.locator('.form-foot .btn-primary').click();
  await page.waitForSelector('.import-done');
}

export async function importList(walk, csv, name = 'list.csv') {
  await chooseFile(walk, csv, name);
  await write(walk.page);
}
