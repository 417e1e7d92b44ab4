// Two tabs on the same visit and the same shops. Each edits only after “take over here”, at any moment, a third of the times while the
// other is frozen. What is on disk in the end is what a list of the edits says, and nothing of a tab that had lost its turn.
import assert from 'node:assert/strict';
import { Device, beginNext, host, needTwin, onDisk, pause, shopName, stock, twinIsWhole } from './world.mjs';

const OPERATIONS = 200;
const SEEDS = 5;
const SHOPS = 6;

const reads = (page) => page.locator('.reader-banner').count().then((count) => count > 0);

/** Goes to an address as a link of the app would. */
async function follow(page, path) {
  await page.evaluate((path) => {
    const link = document.createElement('a');
    link.href = `./${path}`;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

async function front(page) {
  await page.waitForSelector('.visit');
  const field = page.locator('[id^=front-]').first();
  if (!await field.count()) {
    await page.locator('.steps button').nth(2).click();
    if (!await field.count()) await page.locator('.count-open').first().click();
  }
  return field;
}

async function takeOver(page) {
  await page.locator('#take-over').click();
  await page.locator('.reader-banner').waitFor({ state: 'detached' });
}

async function play({ random, times, after }) {
  needTwin();
  const server = await host();
  after(() => server.close());
  const device = new Device(server);
  after(() => device.drop());
  const stage = await device.open();
  await stock(stage, SHOPS);
  const first = stage.page;
  const shops = new Map((await onDisk(first)).customers.map((row) => [row.body.fields.name, row.id]));
  await stage.go();
  await beginNext(first);
  const visit = new URL(first.url()).pathname.slice(1);
  const second = await stage.context.newPage();
  await second.goto(stage.url + visit);
  await second.locator('.reader-banner').waitFor();
  const tabs = [first, second];
  const sessions = await Promise.all(tabs.map((tab) => stage.context.newCDPSession(tab)));
  const model = { front: '', notes: new Map() };
  let [frozen, stolen, takeovers, writer] = [0, 0, 0, 0];
  for (let operation = 0; operation < OPERATIONS * times; operation += 1) {
    // Two edits of three are in the tab that writes already.
    const turn = random.int(0, 2) ? writer : 1 - writer;
    const page = tabs[turn];
    if (turn !== writer) {
      takeovers += 1;
      const isFrozen = random.int(0, 2) === 0;
      if (isFrozen) {
        // What is typed in the last quarter second before a freeze is the half second that may be missing: here it is on disk.
        await tabs[writer].locator('.visit-status[data-kept=OnDisk], .visit-status[data-kept=Clean]').waitFor();
        await sessions[writer].send('Page.setWebLifecycleState', { state: 'frozen' });
        frozen += 1;
      } else {
        await pause(random.int(0, 250));
      }
      const asked = Date.now();
      // One that let go just before it froze leaves nothing to take over.
      if (!isFrozen || await reads(page)) await takeOver(page);
      if (isFrozen) {
        // One that is awake answers at once; one that is not is given a second, and then loses the lock.
        if (Date.now() - asked > 900) stolen += 1;
        await sessions[writer].send('Page.setWebLifecycleState', { state: 'active' });
        await tabs[writer].locator('.reader-banner').waitFor();
      }
      writer = turn;
    }
    assert.equal(await reads(page), false, `operation ${operation}: the tab that took over writes`);
    if (random.int(0, 9) < 7) {
      const field = await front(page);
      assert.equal(await field.inputValue(), model.front, `operation ${operation}: the tab that took over shows what was typed last`);
      model.front = String(random.int(0, 999));
      await field.fill(model.front);
    } else {
      const shop = shopName(random.int(0, SHOPS - 1));
      const note = `记 ${operation}`;
      await follow(page, `customers/${shops.get(shop)}/edit`);
      await page.locator('#shop-name').waitFor();
      if (!await page.locator('#shop-note').isVisible()) await page.locator('.form-more summary').click();
      await page.fill('#shop-note', note);
      // Without a wait until it stands still: the moment is as it comes.
      await page.locator('form button[type=submit]').first().evaluate((button) => button.click());
      await page.locator('.doings').waitFor();
      model.notes.set(shop, note);
      await follow(page, visit);
      await front(page);
    }
  }
  await tabs[writer].locator('.visit-status[data-kept=OnDisk], .visit-status[data-kept=Clean]').waitFor();
  assert.ok(stolen > 0, `none of ${frozen} takeovers had to be by force: the other tab does not freeze`);
  stage.assertClean();
  const fresh = await device.reopen();
  const disk = await onDisk(fresh.page);
  const draft = disk.drafts.map((row) => row.body).find((draft) => draft.lines);
  assert.equal(Object.values(draft.lines)[0].front, model.front, 'the figure typed last');
  const notes = new Map(disk.customers.filter((row) => row.body.fields.note).map((row) => [row.body.fields.name, row.body.fields.note]));
  assert.deepEqual([...notes].sort(), [...model.notes].sort());
  assert.deepEqual([disk.customers.length, disk.drafts.filter((row) => row.id.startsWith('visit:')).length, disk.visits.length], [SHOPS, 1, SHOPS]);
  await twinIsWhole(fresh);
  fresh.assertClean();
  return `${OPERATIONS * times} edits, ${takeovers} takeovers, ${frozen} of a frozen tab (${stolen} by force): as the list says`;
}

const another = (world, at) => ({ ...world, random: new world.random.constructor(world.seed + at) });
export const lines = Array.from({ length: SEEDS }, (_, at) => ({ name: `tabs-${at + 1}`, play: (world) => play(another(world, at)) }));
