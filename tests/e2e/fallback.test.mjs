// Where the app cannot run it says so, in both languages, and never shows a blank page; where data would be lost it warns first.
import assert from 'node:assert/strict';
import { says, scene, seed } from './harness.mjs';

/** The static page stands, with words in both languages. */
async function stands(page, why, timeout = 8000) {
  const shown = page.locator('#static-page');
  await shown.waitFor({ timeout });
  assert.equal(await shown.getAttribute('data-why'), why);
  assert.match(await shown.locator('[lang=zh-CN]').innerText(), /\p{Script=Han}{4}/u);
  assert.match(await shown.locator('[lang=en]').innerText(), /[a-z]{4}/);
  assert.equal(await shown.getByRole('button', { name: 'Reload' }).count(), 1);
  return shown;
}

scene('Without WebAssembly the page says which browsers work', { init: () => { delete window.WebAssembly; }, allowed: [/WebAssembly/] }, async (stage, page) => {
  await page.goto(stage.url);
  const shown = await stands(page, 'browser');
  await says(shown, '浏览器太旧');
});

const withoutDatabase = () => Object.defineProperty(window, 'indexedDB', { value: undefined });

scene('Without a database the page says why and what to do', { init: withoutDatabase }, async (stage, page) => {
  await page.goto(stage.url);
  const shown = await stands(page, 'storage');
  await says(shown, '无痕模式');
});

scene('A program that does not arrive leaves the static page, and a reload opens the app', { allowed: [/ERR_FAILED/, /uncaught/] }, async (stage, page) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(stage.url);
  const shown = await stands(page, 'slow');
  await page.unroute('**/*.wasm');
  await shown.getByRole('button', { name: 'Reload' }).click();
  await page.waitForSelector('.first');
});

scene('A program that takes more than ten seconds is said to be slow, and still opens when it comes', {}, async (stage, page) => {
  let arrive;
  const held = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/*.wasm', async (route) => { await held; await route.continue(); });
  await page.goto(stage.url, { waitUntil: 'commit' });
  await says(page.locator('#boot'), '架上有数');
  await stands(page, 'slow', 14000);
  arrive();
  await page.waitForSelector('.first');
  assert.equal(await page.locator('#static-page').count(), 0);
});

scene('A panic leaves the static page with reload and export, and the export has everything', {}, async (stage, page) => {
  await seed(stage);
  await page.evaluate(() => window.shelfwise.fail('panic', 'x <b>y</b>'));
  const shown = await stands(page, 'panic');
  assert.equal(await shown.locator('b').count(), 0);
  const [download] = await Promise.all([page.waitForEvent('download'), shown.getByRole('button', { name: 'Export raw data' }).click()]);
  assert.match(download.suggestedFilename(), /^shelfwise-raw-2026-11-17\.json$/);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const raw = JSON.parse(Buffer.concat(chunks).toString());
  assert.equal(raw.format, 'shelfwise-raw');
  assert.match(JSON.stringify(raw.stores), /惠民副食/);
  await shown.getByRole('button', { name: 'Reload' }).click();
  await page.waitForSelector('h1:not(#static-page h1)');
});

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const WECHAT = 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50';

scene('Safari on an iPhone is told to install before anything is typed', { userAgent: IPHONE }, async (stage, page) => {
  await stage.go();
  await says(page.locator('.banner'), '先装到主屏幕，再记数据');
  await says(page.locator('.banner'), '添加到主屏幕');
  await page.waitForSelector('.first');
});

scene('WeChat is told to open the page in a browser', { userAgent: WECHAT }, async (stage, page) => {
  await stage.go();
  await says(page.locator('.banner'), '请用浏览器打开');
});

scene('An ordinary browser gets no such warning', {}, async (stage, page) => {
  await stage.go();
  assert.equal(await page.locator('.banner').count(), 0);
});

scene('An address that leads nowhere says so and shows the way back', {}, async (stage, page) => {
  await stage.go('customers/01234567-89ab-7def-8123-456789abcdef');
  await says(page.locator('h1'), '没有这一页');
  await page.locator('main .btn-primary').click();
  await page.waitForSelector('.first');
});
