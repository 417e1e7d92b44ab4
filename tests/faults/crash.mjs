// The page's process crashes while someone types. After opening the page again at most the last half second of one field is missing.
import assert from 'node:assert/strict';
import { toStep } from '../e2e/harness.mjs';
import { Device, assertNothing, beginNext, host, judge, onDisk, pause, stock, told, toFinish, type } from './world.mjs';

const CRASHES = 15;
const MOST = 500;

/** Where is typed, how to get there, and what. */
const PLACES = [
  { field: '[id^=front-]', go: async (page) => { await type(page, ''); }, text: (random) => String(random.int(100_000, 999_999)) },
  { field: '#agree-promise', go: (page) => toStep(page, 'agree'), text: () => '下周二之前把新冰柜送到门口再换一次价签和陈列' },
  { field: '#shop-note', go: (page) => form(page), text: () => '老板下午两点以后才在，先找周姐点货，后门进' },
];

async function form(page) {
  await page.goto(`${new URL(page.url()).origin}/customers/new`);
  await page.locator('.form-more summary').click();
  await page.fill('#shop-name', '没打完的店');
  await pause(400);
}


async function play({ random, times, after }) {
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { allowed: [/crash/i] });
  after(() => device.drop());
  const stage = await device.open();
  await stock(stage, CRASHES * times + 2);
  let most = 0;
  for (let crash = 0; crash < CRASHES * times; crash += 1) {
    const place = PLACES[crash % PLACES.length];
    let { page } = stage;
    await stage.go();
    const isForm = place.field === '#shop-note';
    if (!isForm) {
      await beginNext(page);
      await type(page, 7);
    }
    await place.go(page, random);
    // What is there already; how much is missing is asked of what is typed now.
    if (!isForm) await page.locator('.visit-status[data-kept=OnDisk]').waitFor();
    await page.locator(place.field).first().focus();
    const address = page.url();
    const text = place.text(random);
    const typed = [];
    let isOver = false;
    const typing = (async () => {
      for (const key of text) {
        if (isOver) return;
        await page.keyboard.insertText(key);
        typed.push(Date.now());
        await pause(random.int(20, 90));
      }
    })().catch(() => {});
    await pause(random.int(100, text.length * 55));
    const session = await stage.context.newCDPSession(page);
    const gone = page.waitForEvent('crash', { timeout: 10_000 });
    const at = Date.now();
    session.send('Page.crash').catch(() => {});
    await gone;
    isOver = true;
    await Promise.race([typing, pause(500)]);
    const fresh = await stage.context.newPage();
    await page.close().catch(() => {});
    stage.page = page = fresh;
    await page.goto(address);
    if (isForm) {
      await page.locator('#shop-name').waitFor();
      assert.equal(await page.inputValue('#shop-name'), '没打完的店');
      if (!await page.locator('#shop-note').isVisible()) await page.locator('.form-more summary').click();
    } else {
      await page.waitForSelector('.visit');
      if (place.field === '#agree-promise') {
        await toStep(page, 'count');
        if (!await page.locator('[id^=front-]').count()) await page.locator('.count-open').first().click();
        assert.equal(await page.locator('[id^=front-]').first().inputValue(), '7', 'what was typed before is there');
        await toStep(page, 'agree');
      } else if (!await page.locator('[id^=front-]').count()) {
        await page.locator('.count-open').first().click();
      }
    }
    const there = await page.locator(place.field).first().inputValue();
    assert.ok(text.startsWith(there), `“${there}” is no beginning of “${text}”`);
    const missing = typed.slice([...there].length);
    if (missing.length) most = Math.max(most, at - missing[0]);
    assert.ok(!missing.length || at - missing[0] <= MOST, `typed ${at - missing[0]} ms before the crash and gone: “${text.slice(there.length, typed.length)}”`);
    if (isForm) await page.locator('.form-kept button').click();
    else {
      await toStep(page, 'count');
      if (!await page.locator('[id^=front-]').count()) await page.locator('.count-open').first().click();
      await type(page, 7);
      await toStep(page, 'agree');
      await page.fill('#agree-promise', '');
      await toFinish(page);
      await page.locator('#visit-finish').click();
      await told(page);
    }
  }
  assertNothing(judge(await onDisk(stage.page), []));
  return `${CRASHES * times} crashes, at most ${most} ms of typing missing`;
}

export const lines = [{ name: 'crash', play }];
