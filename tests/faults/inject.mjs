// Every payload in every text of every record, and every view of them: none runs, none opens a dialog, none breaks the policy or the
// layout, each is shown as the text it is.
import { NEXT_WEEK, csvFile } from '../e2e/harness.mjs';
import { Device, assertNothing, beginNext, host } from './world.mjs';
import { PAYLOADS, fit, productId, restoreHostile, shopId, visitId } from './hostile.mjs';

const TYPED = 24;
/** What is printed on of an A4 sheet with the app's margins, in pixels. */
const PAPER = 703;

/** In every page: notes what a payload sets off, and looks for what no text may do. */
const guard = () => {
  const pwn = (what) => { window.__pwned = what; };
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => pwn(name);
  window.pwn = pwn;
  window.open = () => pwn('open');
  const foreign = ':is(#content, dialog) :is(img, script, iframe, object, embed, video, audio, style, link, base, meta, math, marquee, frame, area, applet)';
  const isOwn = ({ href, hostname }) => (/^https?:/.test(href) ? href.startsWith(location.origin) || /map|amap|baidu|google|apple/.test(hostname) : /^(tel|sms|geo|mailto|blob|maps):/.test(href));
  window.look = (where) => {
    const found = [];
    if (window.__pwned !== undefined) found.push(`${where}: a script ran: ${window.__pwned}`);
    const stray = document.querySelector(foreign);
    if (stray) found.push(`${where}: foreign element ${stray.outerHTML.slice(0, 80)}`);
    for (const link of document.querySelectorAll('a[href]')) if (!isOwn(link)) found.push(`${where}: link to ${link.href.slice(0, 80)}`);
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) found.push(`${where}: ${wide} px wider than the screen`);
    // What lies over the page makes the page no wider: there everything has to be on the screen, and nothing cut off at a side.
    for (const box of document.querySelectorAll('dialog[open], dialog[open] :not(input, textarea)')) {
      const { left, right } = box.getBoundingClientRect();
      const out = Math.max(right - window.innerWidth, -left);
      if (out > 1) found.push(`${where}: ${box.className || box.localName} ${out.toFixed()} px outside the screen`);
      const { overflowX, textOverflow } = getComputedStyle(box);
      const cut = box.clientWidth > 1 && overflowX !== 'visible' && textOverflow !== 'ellipsis' ? box.scrollWidth - box.clientWidth : 0;
      if (cut > 1) found.push(`${where}: ${box.className || box.localName} cuts ${cut} px off`);
    }
    return found;
  };
};

/** In the page: goes to each address, waits until it stands, and looks. `shows`: an element and its text; `press`: what is pressed then, and what comes of it. */
async function walk(views) {
  const found = [];
  const frame = () => new Promise((done) => { requestAnimationFrame(() => done()); });
  const until = async (ready) => { for (let left = 600; left > 0; left -= 1) { const is = ready(); if (is) return is; await frame(); } return null; };
  // A field keeps no line ends, and the page draws control characters as it likes.
  const plain = (text) => text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, '').trim();
  const shown = (selector) => { const element = document.querySelector(selector); return plain(element?.value ?? element?.textContent ?? ''); };
  for (const { path, ready, shows: [where, text] = [], press = [] } of views) {
    const link = document.createElement('a');
    link.href = `./${path}`;
    document.body.append(link);
    link.click();
    link.remove();
    if (!await until(() => location.pathname.endsWith(path) && document.querySelector(ready))) { found.push(`${path}: does not open`); continue; }
    // Every page has a heading: the one before may stand for a moment longer.
    if (ready === 'h1') for (const _ of 'ab') await frame();
    if (where && !await until(() => shown(where) === plain(text))) found.push(`${path}: shows “${shown(where).slice(0, 60)}”, not “${plain(text).slice(0, 60)}”`);
    for (const details of document.querySelectorAll('details:not([open]) > summary')) details.click();
    found.push(...window.look(path));
    for (const [pressed, comes, on, words] of press) {
      document.querySelector(pressed)?.click();
      const came = await until(() => document.querySelector(comes) && (!on || shown(on) === plain(words)));
      found.push(...(came ? window.look(`${path} ${comes}`) : [`${path}: ${comes} does not open, or shows “${on ? shown(on).slice(0, 60) : ''}”`]));
    }
    document.querySelector('dialog[open]')?.close();
  }
  return found;
}

/** In the page: types each text into a search and looks at what is found. */
async function search(texts) {
  const found = [];
  const input = document.querySelector('.search input');
  for (const text of texts) {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => { requestAnimationFrame(() => done()); });
    found.push(...window.look(`search in ${location.pathname}`));
  }
  return found;
}

async function play({ random, times, after }) {
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { init: guard });
  after(() => device.drop());
  const stage = await device.open();
  const { page } = stage;
  page.on('dialog', (dialog) => { stage.trouble.push(`dialog: ${dialog.message()}`); return dialog.dismiss(); });
  page.on('popup', (popup) => { stage.trouble.push(`popup: ${popup.url()}`); });
  await restoreHostile(stage);
  await stage.at(NEXT_WEEK);
  await stage.go();
  const wrong = [];
  let [views, typed] = [0, 0];
  const see = async (list) => { views += list.length; wrong.push(...await page.evaluate(walk, list)); };
  const look = async (where) => { views += 1; wrong.push(...await page.evaluate((where) => window.look(where), where)); };
  await see(['', 'customers', 'products', 'orders/2026-11-24', 'orders/2026-11-17', 'customers/duplicates', 'settings', 'data', 'import', 'about', 'more'].map((path) => ({ path, ready: 'h1' })));
  const shop = (at) => ({ path: `customers/${shopId(at)}`, ready: '.doings', shows: ['.detail-names h1', fit(PAYLOADS[at], 80)] });
  const receipt = (at, ...press) => ({ path: `visits/${visitId(at)}`, ready: '.done-head', press: [['.done .actions .btn', 'dialog.owner-card', '.owner-card h2', fit(PAYLOADS[at], 80)], ...press] });
  for (let from = 0; from < PAYLOADS.length; from += 48) {
    // No page has what the next one is known by.
    await see(PAYLOADS.slice(from, from + 48).flatMap((text, offset) => {
      const at = from + offset;
      const name = fit(text, 80);
      return [
        shop(at),
        { path: `customers/${shopId(at)}/edit`, ready: '#shop-name', shows: ['#shop-name', name] },
        { path: `customers/${shopId(at)}/stock`, ready: '.stock-page' },
        { path: `products/${productId(at)}`, ready: '#product-name', shows: ['#product-name', name] },
        receipt(at),
      ];
    }));
    stage.assertClean();
  }
  // The widest of 80 characters and more on the owner card, upright and turned round, on a narrow phone too.
  const widest = PAYLOADS.flatMap((text, at) => ([...text].length >= 80 && new Set(text).size === 1 ? [at] : []));
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await see(widest.flatMap((at) => [shop(at), receipt(at, ['.card-tool', '.owner-card-turned'])]));
  }
  // On paper, and in a search.
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: PAPER, height: 1000 });
  await see(['', 'customers', 'orders/2026-11-24'].map((path) => ({ path, ready: 'h1' })));
  await see(widest.flatMap((at) => [shop(at), receipt(at)]));
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const list of ['customers', 'products']) {
    await stage.go(list);
    wrong.push(...await page.evaluate(search, PAYLOADS));
    views += PAYLOADS.length;
  }
  const sample = Array.from({ length: TYPED * times }, () => random.pick(PAYLOADS));
  const into = async (selector) => {
    typed += await page.locator(selector).evaluateAll((inputs, texts) => {
      for (const text of texts) {
        for (const input of inputs) {
          input.value = text;
          for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, { bubbles: true }));
        }
      }
      return inputs.length * texts.length;
    }, sample);
  };
  const fields = ':is(input:is([type=text], [type=search], :not([type])), textarea)';
  // In a visit: every text of its steps.
  await stage.go(`customers/${shopId(3)}`);
  await beginNext(page);
  await page.locator('.open-line').first().waitFor();
  // Its sheets: what is ordered instead and why, what else happened, dates, the search of its products.
  const sheet = async (what, opens, ...then) => {
    await page.locator(opens).click();
    for (const press of then) await page.locator(press).last().click();
    await page.locator(`dialog[open] ${fields}`).first().waitFor();
    await into(`dialog[open] ${fields}`);
    await look(`visit, ${what}`);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  };
  for (const place of ['front', 'cases', 'loose']) await page.locator(`[id^=${place}-]`).first().fill('5');
  await sheet('another quantity', '.tag-change >> nth=0', 'dialog .choice:has([name=reason])');
  await sheet('dates', '.line-tools .btn >> nth=-2', 'dialog .choices .filter');
  await sheet('what happened', '.line-tools .btn >> nth=-1');
  await sheet('search', '.visit-search');
  for (let step = 0; step < 5; step += 1) {
    await page.locator('.steps button').nth(step).click();
    await into(`#content ${fields}`);
    await look(`visit, step ${step}`);
  }
  // Every form, new and as it is; what it says of what is wrong, too.
  for (const path of ['customers/new', 'products/new', `customers/${shopId(5)}/edit`, `products/${productId(5)}`, 'settings']) {
    await stage.go(path);
    await page.locator(`#content ${fields}`).first().waitFor();
    for (const summary of await page.locator('details:not([open]) > summary').all()) await summary.click();
    await into(`#content ${fields}`);
    await look(path);
    for (const submit of await page.locator('form button[type=submit]:enabled').all()) await submit.click({ timeout: 1500 }).catch(() => {});
    await look(`${path}, sent`);
  }
  await stage.go('data');
  await page.locator('#wipe-open').click();
  await into('#wipe-word');
  await look('data, the word');
  // As lists: what would come in is shown before it does, with what is wrong with it.
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const lists = {
    shops: ['店名,编号,片区,地址,电话,联系人,称呼,营业时间,备注,路线日', (text, at) => [text, `K${at}`, text, text, text, text, text, text, text, at % 9 ? '周二' : text]],
    products: ['品名,编号,条码,别名,单位,件单位,每件数量,单价', (text, at) => [text, `K${at}`, text, text, text, text, at % 9 ? '12' : text, at % 7 ? '4.5' : text]],
    orders: ['订单号,日期,客户编号,商品编号,数量', (text, at) => [text, '2026-11-10', at % 3 ? 'K1' : text, at % 2 ? 'K1' : text, '5']],
    counts: ['日期,客户编号,商品编号,前线', (text, at) => ['2026-11-10', at % 3 ? 'K1' : text, at % 2 ? 'K1' : text, at % 5 ? '5' : text]],
  };
  // A zero or a replaced character says that a file is no text: with one of them it is refused whole.
  const isText = (text) => !/[\0\ufffd]/.test(text.toWellFormed());
  const choose = async (texts, header, row) => {
    await stage.go('import');
    await page.setInputFiles('#import-file', csvFile(`${header}\n${texts.map((text, at) => row([...text].slice(0, 300).join(''), at).map(cell).join(',')).join('\n')}\n`, '<img src=x onerror=alert(1)>.csv'));
    await page.locator('.facts-card, main [role=alert]').first().waitFor();
    return await page.locator('.facts-card').count() ? '' : page.locator('main [role=alert]').first().innerText();
  };
  for (const [list, [header, row]] of Object.entries(lists)) {
    const refused = await choose(PAYLOADS.filter(isText), header, row);
    if (refused) {
      wrong.push(`import of ${list}: refused whole: ${refused}`);
      continue;
    }
    for (const summary of await page.locator('details:not([open]) > summary').all()) await summary.click();
    await look(`import of ${list}`);
    const write = page.locator('.form-foot .btn-primary');
    if (await write.isEnabled()) {
      await write.click();
      await page.waitForSelector('.import-done');
      await look(`import of ${list}, done`);
    }
  }
  for (const text of PAYLOADS.filter((text) => !isText(text))) {
    if (!await choose([text], ...lists.shops)) wrong.push(`import: takes ${JSON.stringify(text)}, which is no text`);
    await look('import, refused');
  }
  await stage.go('customers');
  await see(['products', 'customers', ''].map((path) => ({ path, ready: 'h1' })));
  // One of a kind is enough to go and look.
  const kinds = new Map([...wrong, ...stage.trouble].reverse().map((words) => [words.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…').replace(/\d+ px/, 'px').replace(/“[^]*/, ''), words]));
  assertNothing([...kinds.values()].reverse());
  return `${PAYLOADS.length} payloads in every text, ${views} views, ${typed} typed: 0 ran, 0 dialogs, 0 against the policy, 0 broken`;
}

export const lines = [{ name: 'inject', play }];
