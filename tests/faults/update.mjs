// A new version comes in the middle of a visit, in eight ways. The visit is never interrupted, nothing is lost, and the app always opens.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST, downloaded, toStep } from '../e2e/harness.mjs';
import { Device, assertNothing, beginNext, host, judge, onDisk, pause, recover, stock, told, toFinish, type } from './world.mjs';

/** Puts a new version on the server: every file with a hash in its name has another, as after a real build. */
function publish(site, version = 'feedfeedfeedfeed') {
  const hashed = readdirSync(site).filter((name) => /-[0-9a-f]{16}(?=[._])/.test(name));
  const renamed = new Map(hashed.map((name) => [name, name.replace(/-[0-9a-f]{12}([0-9a-f]{4})(?=[._])/, `-${version.slice(0, 12)}$1`)]));
  for (const [old, now] of renamed) renameSync(join(site, old), join(site, now));
  for (const name of readdirSync(site).filter((name) => /\.(js|html|webmanifest|css)$/.test(name))) {
    let text = readFileSync(join(site, name), 'utf8');
    for (const [old, now] of renamed) text = text.replaceAll(old, now);
    if (name === 'sw.js') text = text.replace(/const VERSION = '[^']+'/, `const VERSION = '${version}'`);
    writeFileSync(join(site, name), text);
  }
  // The policy names the script in the page by its hash.
  const script = /<script type=module>([^]*?)<\/script>/;
  const page = readFileSync(join(site, 'index.html'), 'utf8');
  const hash = `'sha256-${createHash('sha256').update(script.exec(page)[1]).digest('base64')}'`;
  for (const name of ['index.html', '404.html', '_headers']) {
    const text = readFileSync(join(site, name), 'utf8');
    writeFileSync(join(site, name), text.replace(/'sha256-[^']+'/, hash));
  }
  writeFileSync(join(site, 'licences.txt'), `the licences of ${version}`);
}

const ready = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined)).then(() => page.waitForFunction(() => navigator.serviceWorker.controller !== null));
const look = (page) => page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => undefined, () => undefined));
/** Until the version that was found is there whole, or was given up. */
const over = (page) => page.waitForFunction(() => navigator.serviceWorker.ready.then((registration) => !registration.installing));
const waits = (page) => page.waitForFunction(() => window.shelfwise.updateWaits());
const banner = (page) => page.locator('.banner', { hasText: '新版本' });
const licences = (page) => page.evaluate(() => fetch('/licences.txt').then((response) => response.text()));
const front = async (page) => {
  await page.waitForSelector('.visit');
  await toStep(page, 'count');
  if (!await page.locator('[id^=front-]').count()) await page.locator('.count-open').first().click();
  return page.locator('[id^=front-]').first().inputValue();
};
const finishIt = async (page) => {
  await toFinish(page);
  await page.locator('#visit-finish').click();
  await told(page);
};
const apply = (page) => Promise.all([page.waitForEvent('load'), banner(page).getByRole('button', { name: '换上新版本' }).click()]);

/** Each gets a visit in hand with 7 counted, the app offline-ready, and says what it did with it. */
const SCENES = {
  'while typing': async ({ stage, page }) => {
    await stage.publish();
    await look(page);
    await waits(page);
    await page.locator('[id^=front-]').first().fill('8');
    assert.equal(await banner(page).count(), 0, 'nothing over the visit');
    assert.equal(await front(page), '8');
    await finishIt(page);
    await apply(page);
    assert.match(await licences(page), /feed/);
    return 8;
  },
  'two tabs': async ({ stage, page }) => {
    const other = await stage.tab();
    await stage.publish();
    await look(other);
    await banner(other).waitFor();
    assert.equal(await banner(other).getByRole('button').count(), 0, 'not while a visit is in hand, in no tab');
    assert.equal(await front(page), '7');
    await finishIt(page);
    await banner(other).getByRole('button', { name: '换上新版本' }).waitFor();
    await other.close();
    return 7;
  },
  'two tabs, applied in the other': async ({ stage, page }) => {
    await finishIt(page);
    const other = await stage.tab();
    await stage.publish();
    await look(other);
    await apply(other);
    // The old page goes on: it saves another visit, and makes a backup.
    const shop = await beginNext(page);
    await type(page, 6);
    await finishIt(page);
    await other.close();
    stage.second = { shop, front: 6 };
    await page.evaluate(() => { const link = document.createElement('a'); link.href = './data'; document.body.append(link); link.click(); link.remove(); });
    await page.waitForSelector('#backup-now');
    const made = await downloaded(page, () => page.locator('#backup-now').click());
    assert.match(made.bytes.toString(), new RegExp(shop));
    return 7;
  },
  'offline right after': async ({ stage, page }) => {
    await stage.publish();
    await look(page);
    await waits(page);
    await stage.server.close();
    await page.reload();
    assert.equal(await front(page), '7');
    await finishIt(page);
    await stage.server.again();
    return 7;
  },
  'a file is missing': async ({ stage, page, site }) => {
    await stage.publish();
    const part = readdirSync(site).find((name) => name.startsWith('part-seldom'));
    renameSync(join(site, part), join(site, `${part}.gone`));
    await look(page);
    await over(page);
    assert.equal(await page.evaluate(() => window.shelfwise.updateWaits()), false, 'half a version is none');
    await page.reload();
    assert.equal(await front(page), '7');
    await finishIt(page);
    renameSync(join(site, `${part}.gone`), join(site, part));
    await look(page);
    await banner(page).waitFor();
    return 7;
  },
  'the line breaks off': async ({ stage, page }) => {
    await stage.publish();
    const update = look(page);
    await pause(stage.random.int(5, 60));
    await stage.server.close();
    await update;
    await over(page);
    await page.reload();
    assert.equal(await front(page), '7');
    await finishIt(page);
    await stage.server.again();
    return 7;
  },
  'killed while it comes': async ({ stage, device, page }) => {
    await stage.publish();
    look(page).catch(() => {});
    await pause(stage.random.int(5, 250));
    await device.kill();
    const fresh = await device.open();
    Object.assign(fresh, { random: stage.random });
    await fresh.go();
    await fresh.page.locator('.group', { hasText: '还没做完的拜访' }).locator('a.row').first().click();
    assert.equal(await front(fresh.page), '7');
    await finishIt(fresh.page);
    return 7;
  },
  'killed as it takes over': async ({ stage, device, page }) => {
    await finishIt(page);
    await stage.publish();
    await look(page);
    await banner(page).getByRole('button', { name: '换上新版本' }).click({ noWaitAfter: true });
    await pause(stage.random.int(0, 200));
    await device.kill();
    await (await device.open()).go();
    return 7;
  },
};

/** A server that can be closed and comes back at its address. */
async function comingBack(dir) {
  let server = await host({ dir, port: 9700 });
  const { url } = server;
  return { url, close: () => server.close().catch(() => {}), again: async () => { server = await host({ dir, port: Number(new URL(url).port) }); assert.equal(server.url, url); } };
}

async function one(name, play, { random, after }) {
  const site = mkdtempSync(join(tmpdir(), 'shelfwise-site-'));
  after(() => rmSync(site, { recursive: true, force: true }));
  cpSync(DIST, site, { recursive: true });
  const server = await comingBack(site);
  after(() => server.close());
  const device = new Device(server, { allowed: [/ERR_|Failed to (load|fetch|update)|404|ServiceWorker|service worker/i] });
  after(() => device.drop());
  const stage = await device.open();
  stage.random = random;
  // The headers with the policy are read when the server starts.
  stage.publish = async () => {
    publish(site);
    await server.close();
    await server.again();
  };
  await stage.go();
  await ready(stage.page);
  await stock(stage, 4);
  await stage.go();
  const shop = await beginNext(stage.page);
  await type(stage.page, 7);
  await stage.page.locator('.visit-status[data-kept=OnDisk]').waitFor();
  const counted = await play({ stage, device, page: stage.page, site });
  // Opened once more: everything is there, whichever version it is.
  const fresh = await device.reopen();
  assert.equal(await recover(fresh), false, 'nothing has to be brought back');
  assertNothing(judge(await onDisk(fresh.page), [{ shop, front: counted }, stage.second].filter(Boolean)));
  fresh.assertClean();
  await device.drop();
  await server.close();
}

async function play(world) {
  const wrong = [];
  for (const [name, scene] of Object.entries(SCENES)) {
    try { await one(name, scene, world); } catch (error) { wrong.push(`${name}: ${error.message}`); }
  }
  if (wrong.length) throw new Error(wrong.join('\n'));
  return `${Object.keys(SCENES).length} ways for a version to come: no visit interrupted, nothing lost, always opened`;
}

export const lines = [{ name: 'update', play }];
