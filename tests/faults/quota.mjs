// The room runs out while visits are saved: the site's share of the disk at any byte, and a disk that is really full. Never a false
// “saved”; what was refused is said on screen, what was typed stays and is saved once there is room.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { toStep } from '../e2e/harness.mjs';
import { Device, ENGINES, Skipped, assertNothing, ballast, beginNext, host, judge, onDisk, pause, recover, stock, toFinish, toCounting, told, twinIsWhole, type, until } from './world.mjs';

const TIMES = 50;
const DISKS = 10;

const isTold = (page, wait = 1500) => told(page, wait).then(() => true, () => false);
const saysNo = (page, wait = 4000) => page.locator('.banner').first().waitFor({ timeout: wait }).then(() => true, () => false);

/** Presses "finish": whether it is said to be saved. A banner that comes up instead is the answer, too. */
async function finishes(page) {
  const isNew = await page.locator('.banner').count() === 0;
  await page.locator('#visit-finish').click({ timeout: 3000 }).catch(() => {});
  if (!isNew) return isTold(page);
  await page.locator('.done-head, .banner').first().waitFor({ timeout: 1500 }).catch(() => {});
  return isTold(page);
}

/** Begins the next visit; none where it is said that there is no room for it. */
async function begins(page, wait) {
  const isThere = (what, timeout) => page.locator(what).first().waitFor({ timeout }).then(() => true, () => false);
  if (!await page.locator('.start-pill').click({ timeout: wait }).then(() => true, () => false)) return null;
  await isThere('.visit, .banner', wait);
  return await isThere('.visit', 1500) ? toCounting(page) : null;
}

const banners = async (page) => (await page.locator('.banner').allInnerTexts()).join(' ').replace(/\s+/g, ' ');

/** Presses what the banner offers. Whether that was a reload. */
async function press(page) {
  const offered = page.locator('.banner .btn-primary');
  const isReload = (await offered.allInnerTexts()).some((words) => /刷新/.test(words));
  const loaded = isReload ? page.waitForEvent('load') : null;
  if (await offered.count()) await offered.first().click({ timeout: 1000 }).catch(() => {});
  await loaded;
  return isReload;
}

/** One visit; `narrow` takes the room away at a random step of it, `widen` gives it back. What became of it. */
async function save(stage, random, { narrow, widen, isHopeless = async () => false }) {
  const { page } = stage;
  const front = random.int(1, 9);
  const when = random.pick(['start', 'typing', 'finish', 'finish', 'finish']);
  let shop = null;
  if (when === 'start') await narrow();
  shop = await begins(page, 3000);
  if (shop) {
    if (when === 'typing') await narrow();
    await type(page, front);
    await toFinish(page);
    if (when === 'finish') await narrow();
    if (await finishes(page)) {
      await widen();
      return { shop, front, refused: false };
    }
  }
  assert.ok(await saysNo(page), `neither saved nor said (room gone at ${when})`);
  if (shop) {
    await toStep(page, 'count');
    if (!await page.locator('[id^=front-]').count()) await page.locator('.count-open').first().click();
    assert.equal(await page.locator('[id^=front-]').first().inputValue(), String(front), 'what was typed is on screen');
  }
  await widen();
  if (!shop) {
    for (let tries = 0; !shop; tries += 1) {
      await press(page);
      shop = await beginNext(page, 5000).catch(() => null);
      if (!shop && await isHopeless()) return { isHopeless: true };
      assert.ok(shop || tries < 3, `with room again no visit can be begun: ${await banners(page)}`);
    }
    await type(page, front);
  }
  await toFinish(page);
  // What the banner offers is done as a rep would; the disk may need a moment before it takes anything again.
  for (let tries = 0; ; tries += 1) {
    if (await press(page)) {
      await page.waitForSelector('.visit, .start-pill');
      await toStep(page, 'count').catch(() => {});
      if (!await page.locator('[id^=front-]').count()) await page.locator('.count-open').first().click({ timeout: 2000 }).catch(() => {});
      assert.equal(await page.locator('[id^=front-]').first().inputValue(), String(front), 'what was typed is there after the reload that the app asks for');
      await toFinish(page);
    }
    if (await finishes(page)) break;
    if (await isHopeless()) return { isHopeless: true };
    assert.ok(tries < 4, `with room again it is not saved: ${await banners(page)}`);
    await pause(300);
  }
  return { shop, front, refused: true };
}

async function share({ random, times, after }) {
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { allowed: [/quota|full|space/i] });
  after(() => device.drop());
  let stage = await device.open();
  const all = TIMES * times;
  await stock(stage, all + 4);
  const acknowledged = [];
  let [refused, given] = [0, 0];
  const origin = new URL(stage.url).origin;
  for (let at = 0; at < all; at += 1) {
    // The browser remembers for half a minute how much room there was: each time it starts anew, and the app after it.
    stage = await device.reopen();
    assertNothing(judge(await onDisk(stage.page), acknowledged));
    const putBy = await until(() => ballast(stage.page), 'no room was put by');
    // As much as the open database takes: closed, and when it is opened, it takes less and more.
    const used = (await (await stage.context.newCDPSession(stage.page)).send('Storage.getUsageAndQuota', { origin })).usage;
    await device.close();
    stage = await device.open();
    await stage.page.goto(`${stage.url}licences.txt`);
    const session = await stage.context.newCDPSession(stage.page);
    const allow = (bytes) => session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
    const { page } = stage;
    // Just enough or not; so little that a save needs what was put by; less than even that gives back.
    const room = [() => random.int(0, 20_000), () => -random.int(0, putBy), () => -putBy - random.int(0, 300_000), () => -putBy - random.int(300_000, 1_200_000)];
    await allow(used + room[at % room.length]());
    await stage.go();
    let isGiven = false;
    const widen = async () => {
      isGiven ||= await ballast(page) === 0;
      await allow(used + 50_000_000);
    };
    const made = await save(stage, random, { narrow: () => {}, widen });
    acknowledged.push(made);
    refused += made.refused ? 1 : 0;
    given += isGiven && !made.refused ? 1 : 0;
  }
  stage = await device.reopen();
  assertNothing(judge(await onDisk(stage.page), acknowledged));
  assert.ok(refused >= all / 10 && given >= all / 20, `the room was hardly ever missing: ${refused} refused, ${given} saved with the room put by, of ${all}`);
  return `${all} times little room, ${given} saved with the room put by, ${refused} refused and said, 0 false words, 0 lost`;
}

/** A disk of its own in memory, of so many megabytes. */
function disk(megabytes, after) {
  const folder = mkdtempSync(join(tmpdir(), 'shelfwise-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Skipped(`mount is not allowed here: ${(mounted.stderr ?? String(mounted.error)).trim()}`);
  }
  after(() => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/**
 * Chromium keeps a sum of the bytes in a site's files. On a disk without room it writes that sum wrong now and then (it falls below zero,
 * and is taken for 4 GB), and refuses every write from then on, with all the room there is. No page can put that right.
 */
const areBooksWrong = (page) => page.evaluate(async () => (await navigator.storage.estimate()).usage > 2 ** 31);

/** Without that sum the browser counts anew. */
function dropBooks(profile) {
  const files = join(profile, 'Default', 'File System');
  for (const name of readdirSync(files, { recursive: true })) if (basename(name) === '.usage') rmSync(join(files, name));
}

async function realDisk({ random, times, after }, engine) {
  const folder = disk(400, after);
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { engine, profile: join(folder, 'profile'), allowed: [/quota|full|space|disk|Failed to load|ERR_|IO/i] });
  after(() => device.close());
  const all = DISKS * times;
  let stage = await device.open();
  await stock(stage, all * 3 + 4);
  // An import is in the database alone until its snapshot is there.
  await twinIsWhole(stage);
  await stage.go();
  const filler = join(folder, 'filler');
  const acknowledged = [];
  let [refused, recovered, miscounted] = [0, 0, 0];
  for (let at = 0; at < all; at += 1) {
    const narrow = () => {
      const left = random.pick([0, 0, 4096, random.int(0, 40_000)]);
      const { bavail, bsize } = statfsSync(folder);
      try { writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - left), 1)); } catch (error) { assert.equal(error.code, 'ENOSPC'); }
    };
    const widen = () => rmSync(filler, { force: true });
    const made = await save(stage, random, { narrow, widen, isHopeless: () => areBooksWrong(device.page) });
    widen();
    if (!made.isHopeless) acknowledged.push(made);
    refused += made.isHopeless || made.refused ? 1 : 0;
    stage = await device.reopen();
    if (await areBooksWrong(stage.page)) {
      miscounted += 1;
      await device.close();
      dropBooks(device.profile);
      stage = await device.reopen();
    }
    if (await recover(stage)) recovered += 1;
    assertNothing(judge(await onDisk(stage.page), acknowledged));
  }
  return `${all} full disks, ${refused} refused and said, ${recovered} databases lost and brought back, ${miscounted} times the browser miscounted, 0 false words, 0 lost`;
}

export const lines = [
  { name: 'quota-share', play: share },
  ...Object.keys(ENGINES).map((engine) => ({ name: `quota-disk-${engine}`, play: (world) => realDisk(world, engine) })),
];
