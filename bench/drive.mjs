// Drives the app as a rep would, only faster: lists imported, visits counted and finished. What is measured is done elsewhere.

/** Lets the page's date be moved: only `Date` is changed, timers and `performance.now()` stay real. */
export async function moveDates(page) {
  await page.addInitScript(() => {
    const Real = Date;
    const shift = () => Number(localStorage.getItem('bench.days') ?? 0) * 86_400_000;
    window.Date = class Date extends Real {
      constructor(...given) { if (given.length) super(...given); else super(Real.now() + shift()); }
      static now() { return Real.now() + shift(); }
    };
  });
}

export const toDay = (page, days) => page.evaluate((to) => localStorage.setItem('bench.days', String(to)), days);

/** Imports a list; the page tells by its headers what it is. */
export async function importList(page, url, csv) {
  await page.goto(`${url}import`);
  await page.setInputFiles('#import-file', { name: 'bench.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.waitForSelector('.facts-card');
  await page.locator('.form-foot .btn-primary').click();
  await page.waitForSelector('.import-done');
}

/** One shop and `count` products; the shop's address comes back. */
export async function stock(page, url, count) {
  await importList(page, url, 'name,code,area\n惠民副食·建设路店,C0128,建设路片\n');
  const products = Array.from({ length: count }, (_, at) => `山语 冰红茶 ${String(at + 1).padStart(2, '0')} 号 500ml,P${at + 1},瓶,12,${(2 + (at % 7) / 10).toFixed(2)}`);
  await importList(page, url, `name,code,unit,units per case,price\n${products.join('\n')}\n`);
  await page.goto(`${url}customers`);
  return page.locator('.listing a.row').first().evaluate((link) => link.href);
}

/** Begins a visit at the shop on a given day, the count step in sight. */
export async function begin(page, shop, days) {
  await toDay(page, days);
  await page.goto(shop);
  await page.locator('.start-pill').click();
  // A shop with a past opens on the step before the count.
  await page.locator('.steps button').nth(2).click();
  await page.waitForSelector('.visit .open-line');
}

/** Types a count into every line: front, and nothing at the back. */
export async function countAll(page, front) {
  await page.evaluate(async (figure) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
    const type = (input, text) => { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })); };
    for (const row of document.querySelectorAll('.count-row')) {
      row.querySelector('.count-open')?.click();
      for (let tries = 0; !row.querySelector('input'); tries += 1) {
        if (tries > 100) throw new Error('the row does not open');
        await frame();
      }
      for (const input of row.querySelectorAll('.dials input')) type(input, input.id.startsWith('front-') ? figure : '0');
      await frame();
    }
  }, String(front));
  await kept(page);
}

/** The draft is on disk: nothing else is being written. */
export const kept = (page) => page.waitForSelector('.visit-status[data-kept="OnDisk"]');

export async function toOrder(page) {
  await page.locator('.steps button').nth(3).click();
  await page.waitForSelector('#visit-finish');
  // The change of step is itself written a quarter of a second later.
  await page.waitForTimeout(500);
  await kept(page);
}

export async function finish(page) {
  await page.locator('#visit-finish').click();
  await page.waitForSelector('.done-head');
}
