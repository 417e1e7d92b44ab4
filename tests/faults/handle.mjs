// The connection to the database is closed, or a write is aborted, under the running app. The next save succeeds all the same, or the
// app says that it only reads and hands out everything; what was typed is there either way.
import assert from 'node:assert/strict';
import { toStep } from '../e2e/harness.mjs';
import { Device, assertNothing, beginNext, host, judge, onDisk, stock, told, toFinish, type } from './world.mjs';

const ROUNDS = 20;

/** Keeps every connection, and aborts the next write of a store in place of its commit, as a browser that has had enough would. */
export function keepHandles() {
  const open = IDBFactory.prototype.open;
  window.__handles = [];
  IDBFactory.prototype.open = function (...rest) {
    const request = open.apply(this, rest);
    request.addEventListener('success', () => window.__handles.push(request.result));
    return request;
  };
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    const isIt = window.__abort && this.objectStoreNames.contains(window.__abort);
    if (isIt) window.__abort = null;
    return isIt ? this.abort() : commit.call(this);
  };
}

const harm = {
  close: (page) => page.evaluate(() => window.__handles.forEach((handle) => handle.close())),
  abort: (page, when) => page.evaluate((store) => { window.__abort = store; }, when === 'finish' ? 'visits' : 'drafts'),
};

async function play({ random, times, after }) {
  const server = await host();
  after(() => server.close());
  // The browser says of each of these in its console that they happened.
  const device = new Device(server, { init: keepHandles, allowed: [/InvalidState|AbortError|abort|clos/i] });
  after(() => device.drop());
  const stage = await device.open();
  const rounds = ROUNDS * times;
  await stock(stage, rounds + 4);
  const acknowledged = [];
  let [again, readOnly] = [0, 0];
  await stage.go();
  for (let round = 0; round < rounds; round += 1) {
    const { page } = stage;
    const front = random.int(1, 9);
    const [what, when] = [random.pick(['close', 'close', 'abort']), random.pick(['start', 'typing', 'typed', 'finish'])];
    const at = `round ${round}: ${what} at ${when}`;
    const hurt = async (now) => { if (now === when) await harm[what](page, when); };
    await hurt('start');
    const banner = page.locator('.banner', { has: page.locator('svg') });
    let shop = null;
    try { shop = await beginNext(page, 5000); } catch (error) { if (!await banner.count()) throw new Error(`${at}: no visit and no word: ${error.message}`); }
    if (shop) {
      await type(page, 1);
      await hurt('typing');
      await type(page, front);
      await hurt('typed');
      await toFinish(page);
      await hurt('finish');
      await page.locator('#visit-finish').click();
    }
    const isTold = shop && await told(page, 3000).then(() => true, () => false);
    if (isTold) {
      acknowledged.push({ shop, front });
    } else {
      const words = await banner.first().innerText().catch(() => null);
      assert.ok(words, `${at}: neither saved nor said`);
      // Trying once more is the first thing a rep does.
      const retry = page.locator('.banner button', { hasText: '再存一次' });
      if (await retry.count()) {
        await retry.first().click();
        if (shop) { await toFinish(page); await page.locator('#visit-finish').click(); await told(page).catch(() => { throw new Error(`${at}: not saved by trying again: ${words}`); }); acknowledged.push({ shop, front }); }
        again += 1;
      } else {
        assert.ok(/导出|只能看/.test(words), `${at}: the app stops and hands nothing out: ${words.replace(/\s+/g, ' ')}`);
        readOnly += 1;
        await page.reload();
        await page.waitForSelector('.visit, .start-pill');
        if (shop) {
          await toStep(page, 'count');
          if (!await page.locator('[id^=front-]').count()) await page.locator('.count-open').first().click();
          assert.equal(await page.locator('[id^=front-]').first().inputValue(), String(front), `${at}: what was typed is there after opening again`);
        }
      }
    }
    if (!await page.locator('.start-pill').count()) await stage.go();
  }
  const fresh = await device.reopen();
  assertNothing(judge(await onDisk(fresh.page), acknowledged));
  return `${rounds} times, ${acknowledged.length} saved at once or by trying again (${again}), ${readOnly} read only with export: 0 lost`;
}

export const lines = [{ name: 'handle', play }];
