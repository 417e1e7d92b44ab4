// Every payload in every text of every record, and every view of them: none runs, none opens a dialog, none breaks the policy or the
// layout, each is shown as the text it is.
import { NEXT_WEEK, csvFile } from '../e2e/harness.mjs';
import { Device, assertNothing, beginNext, host } from './world.mjs';
import { PAYLOADS, productId, restoreHostile, shopId, visitId } from './hostile.mjs';

const TYPED = 24;

/** In the page: goes to each address, waits until it stands, and looks for what no text may do. */
async function walk(views) {
  const found = [];
  const frame = () => new Promise((done) => { requestAnimationFrame(() => done()); });
  const until = async (ready) => { for (let left = 240; left > 0; left -= 1) { const is = ready(); if (is) return is; await frame(); } return null; };
  const foreign = '#content :is(img, script, iframe, object, embed, video, audio, style, link, base, meta, math, marquee, frame, area, applet)';
  const look = (where) => {
    if (window.__pwned !== undefined) found.push(`${where}: a script ran: ${window.__pwned}`);
    const stray = document.querySelector(foreign);
    if (stray) found.push(`${where}: foreign element ${stray.outerHTML.slice(0, 80)}`);
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) found.push(`${where}: ${wide} px wider than the screen`);
    for (const link of document.querySelectorAll('a[href]')) if (!/^(https?|tel|sms|geo|mailto|blob|maps):/.test(link.href) || /^https?:/.test(link.href) && !link.href.startsWith(location.origin) && !/map|amap|baidu|google|apple/.test(link.hostname)) found.push(`${where}: link to ${link.href.slice(0, 80)}`);
  };
  const plain = (text) => text.replace(/[\s\u0000-\u001f\u007f-\u009f\u0085]+/g, ' ').trim();
  for (const { path, ready, text, press, then } of views) {
    const link = document.createElement('a');
    link.href = `./${path}`;
    document.body.append(link);
    link.click();
    link.remove();
    const shown = await until(() => location.pathname.endsWith(path) && document.querySelector(ready));
    if (!shown) { found.push(`${path}: does not open`); continue; }
    look(path);
    if (text && !await until(() => plain(document.querySelector(ready)?.textContent ?? '') === plain(text))) found.push(`${path}: shows “${plain(document.querySelector(ready)?.textContent ?? '').slice(0, 60)}”, not “${plain(text).slice(0, 60)}”`);
    for (const details of document.querySelectorAll('details:not([open]) > summary')) details.click();
    if (press) {
      document.querySelector(press)?.click();
      if (await until(() => document.querySelector(then))) look(`${path} ${then}`);
      else found.push(`${path}: ${then} does not open`);
      document.querySelector('dialog')?.close();
    }
    look(path);
  }
  return found;
}

const pwned = () => {
  const pwn = (what) => { window.__pwned = what; };
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => pwn(name);
  window.pwn = pwn;
  window.open = () => pwn('open');
};

/** What the page says is wrong with the record that an address shows; nothing where it is right. */
const name = (text) => { const first = [...text].slice(0, 80).join(''); return first.trim() ? first : `x${first.slice(0, 79)}`; };

async function play({ random, times, after }) {
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { init: pwned });
  after(() => device.drop());
  const stage = await device.open();
  const { page } = stage;
  page.on('dialog', (dialog) => { stage.trouble.push(`dialog: ${dialog.message()}`); return dialog.dismiss(); });
  page.on('popup', (popup) => { stage.trouble.push(`popup: ${popup.url()}`); });
  await restoreHostile(stage);
  await stage.at(NEXT_WEEK);
  await stage.go();
  const wrong = [];
  let views = 0;
  const see = async (list) => { views += list.length; wrong.push(...await page.evaluate(walk, list)); };
  await see(['', 'customers', 'products', 'orders/2026-11-24', 'orders/2026-11-17', 'customers/duplicates', 'settings', 'data', 'import', 'about', 'more'].map((path) => ({ path, ready: 'h1' })));
  for (let at = 0; at < PAYLOADS.length; at += 24) {
    const part = PAYLOADS.slice(at, at + 24).flatMap((text, offset) => {
      const [shop, product, visit] = [shopId(at + offset), productId(at + offset), visitId(at + offset)];
      return [
        { path: `customers/${shop}`, ready: '.doings' },
        { path: `customers/${shop}/edit`, ready: '#shop-name' },
        { path: `customers/${shop}/stock`, ready: 'h1' },
        { path: `products/${product}`, ready: '#product-name' },
        { path: `visits/${visit}`, ready: '.done-head', press: '.done .actions .btn', then: 'dialog.owner-card' },
      ];
    });
    await see(part);
    stage.assertClean();
  }
  // On paper, and in a search.
  await page.emulateMedia({ media: 'print' });
  for (const path of ['', 'customers', 'orders/2026-11-24', `customers/${shopId(0)}`, `visits/${visitId(0)}`]) await see([{ path, ready: 'h1' }]);
  await page.emulateMedia({ media: 'screen' });
  for (const list of ['customers', 'products']) {
    await stage.go(list);
    for (const text of PAYLOADS) {
      await page.locator('.search input').first().evaluate((input, text) => { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })); }, text);
      views += 1;
    }
    if (await page.evaluate(() => window.__pwned !== undefined || document.documentElement.scrollWidth > window.innerWidth)) wrong.push(`search in ${list}: ran or broke`);
  }
  // In a visit: every text of it, the search of its products, the question for a new one.
  await stage.go(`customers/${shopId(3)}`);
  await beginNext(page);
  const sample = Array.from({ length: TYPED * times }, () => random.pick(PAYLOADS));
  const into = async (selector, text) => page.locator(selector).evaluateAll((inputs, text) => {
    for (const input of inputs) { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })); input.dispatchEvent(new Event('change', { bubbles: true })); }
    return inputs.length;
  }, text);
  const inputs = 'input:is([type=text], :not([type])), textarea';
  let typed = 0;
  for (let step = 0; step < 5; step += 1) {
    await page.locator('.steps button').nth(step).click();
    for (const text of sample) typed += await into(`#content :is(${inputs})`, text);
    wrong.push(...await page.evaluate(walk, []));
    if (await page.evaluate(() => window.__pwned !== undefined || document.documentElement.scrollWidth > window.innerWidth || document.querySelector('#content :is(img, script, iframe)'))) wrong.push(`visit, step ${step}: ran or broke`);
  }
  await page.locator('.visit-search').click();
  for (const text of sample) typed += await into('dialog input', text);
  await page.keyboard.press('Escape');
  for (const path of ['customers/new', 'products/new', 'settings']) {
    await stage.go(path);
    for (const summary of await page.locator('details:not([open]) > summary').all()) await summary.click();
    for (const text of sample) typed += await into(inputs, text);
    for (const submit of await page.locator('form button[type=submit]').all()) await submit.click({ timeout: 1500 }).catch(() => {});
    if (await page.evaluate(() => window.__pwned !== undefined || document.documentElement.scrollWidth > window.innerWidth || document.querySelector('#content :is(img, script, iframe)'))) wrong.push(`${path}: ran or broke`);
  }
  // As lists: what would come in is shown before it does, with what is wrong with it.
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const lists = {
    shops: ['店名,编号,片区,地址,电话,联系人,称呼,营业时间,备注,路线日', (text, at) => [text, `K${at}`, text, text, text, text, text, text, text, at % 9 ? '周二' : text]],
    products: ['品名,编号,条码,别名,单位,件单位,每件数量,单价', (text, at) => [text, `K${at}`, text, text, text, text, at % 9 ? '12' : text, at % 7 ? '4.5' : text]],
    orders: ['订单号,日期,客户编号,商品编号,数量', (text, at) => [text, '2026-11-10', at % 3 ? 'K1' : text, at % 2 ? 'K1' : text, '5']],
    counts: ['日期,客户编号,商品编号,前线', (text, at) => ['2026-11-10', at % 3 ? 'K1' : text, at % 2 ? 'K1' : text, at % 5 ? '5' : text]],
  };
  for (const [list, [header, row]] of Object.entries(lists)) {
    await stage.go('import');
    await page.setInputFiles('#import-file', csvFile(`${header}\n${PAYLOADS.map((text, at) => row([...text.toWellFormed().replaceAll('\0', '')].slice(0, 300).join(''), at).map(cell).join(',')).join('\n')}\n`, '<img src=x onerror=alert(1)>.csv'));
    await page.locator('.facts-card, main [role=alert]').first().waitFor({ timeout: 20_000 });
    if (!await page.locator('.facts-card').count()) {
      wrong.push(`import of ${list}: refused whole: ${await page.locator('main [role=alert]').first().innerText()}`);
      continue;
    }
    for (const summary of await page.locator('details:not([open]) > summary').all()) await summary.click();
    wrong.push(...(await page.evaluate(() => [window.__pwned !== undefined && 'ran', document.querySelector('#content :is(img, script, iframe)') && 'foreign element', document.documentElement.scrollWidth > window.innerWidth && 'wider than the screen'].filter(Boolean))).map((what) => `import of ${list}: ${what}`));
    const write = page.locator('.form-foot .btn-primary');
    if (await write.isEnabled()) {
      await write.click();
      await page.waitForSelector('.import-done', { timeout: 20_000 });
    }
    views += 2;
  }
  await stage.go('customers');
  wrong.push(...await page.evaluate(walk, [{ path: 'products', ready: 'h1' }, { path: 'customers', ready: 'h1' }, { path: '', ready: 'h1' }]));
  // One of a kind is enough to go and look.
  const kinds = new Map([...wrong, ...stage.trouble].reverse().map((words) => [words.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…').replace(/\d+ px/, 'px').replace(/“[^]*/, ''), words]));
  assertNothing([...kinds.values()].reverse());
  return `${PAYLOADS.length} payloads in every text, ${views} views, ${typed} typed: 0 ran, 0 dialogs, 0 against the policy, 0 broken`;
}

export const lines = [{ name: 'inject', play }];
