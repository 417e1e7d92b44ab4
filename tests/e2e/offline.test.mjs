// Without a network, and with a new version: the app opens, works and waits for a person's tap.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST, SHOP, Stage, YOGURT, count, dropProfile, finish, host, kept, newProfile, order, says, seed, startVisit } from './harness.mjs';

/** A test with a server and a profile of its own; a dead server makes the browser say so in its console. */
function alone(name, play) {
  test(name, async () => {
    const site = mkdtempSync(join(tmpdir(), 'shelfwise-site-'));
    cpSync(DIST, site, { recursive: true });
    const profile = newProfile();
    const server = await host({ dir: site });
    const stage = await Stage.open({ profile, server, allowed: [/ERR_CONNECTION_REFUSED/, /ERR_INTERNET_DISCONNECTED/] });
    try {
      await play(stage, stage.page, site);
      stage.assertClean();
    } finally {
      await stage.close();
      await server.close();
      dropProfile(profile);
      rmSync(site, { recursive: true });
    }
  });
}

/** Loads the app until its service worker has everything and answers for the page. */
async function settle(stage) {
  await stage.go();
  await stage.page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.active.state));
  await stage.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

alone('With the server gone the app opens at its start and at a deep link, and a visit can be made and finished', async (stage, page) => {
  await settle(stage);
  await seed(stage);
  await stage.server.close();
  await stage.go();
  await page.locator('a.row', { hasText: SHOP }).first().click();
  await page.waitForSelector('.start-pill');
  await page.reload();
  await says(page.locator('h1'), SHOP);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await order(page, YOGURT, { cases: 1, loose: 0 });
  await finish(page);
  await says(page.locator('.receipt'), '¥54.00');
  await page.reload();
  await says(page.locator('.receipt'), '¥54.00');
  await stage.go('about');
  await page.locator('main .btn').click();
  await page.waitForSelector('.licences');
});

alone('The browser finds nothing that stands against installing the app', async (stage, page) => {
  await settle(stage);
  const session = await stage.context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors, []);
  const { errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
});

/** Puts a new version on the server: other licences, another version in the service worker. */
function publish(site) {
  const worker = join(site, 'sw.js');
  const changed = readFileSync(worker, 'utf8').replace(/const VERSION = '[^']+'/, "const VERSION = 'feedfeedfeedfeed'");
  assert.match(changed, /feedfeedfeedfeed/);
  writeFileSync(worker, changed);
  writeFileSync(join(site, 'licences.txt'), 'the licences of the next version');
}

const lookForUpdate = (page) => page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => undefined));
const licences = (page) => page.evaluate(() => fetch('/licences.txt').then((response) => response.text()));

alone('A new version waits until it is wanted, then the page is the new one and the old files are gone', async (stage, page, site) => {
  await settle(stage);
  await seed(stage);
  await stage.go();
  publish(site);
  await lookForUpdate(page);
  const banner = page.locator('.banner', { hasText: '新版本' });
  await banner.waitFor();
  assert.doesNotMatch(await licences(page), /next version/);
  await Promise.all([page.waitForEvent('load'), banner.getByRole('button', { name: '换上新版本' }).click()]);
  await page.waitForSelector('h1');
  assert.match(await licences(page), /next version/);
  await page.waitForFunction(() => caches.keys().then((names) => names.length === 1 && names[0] === 'shelfwise-feedfeedfeedfeed'));
  assert.equal(await page.locator('.banner').count(), 0);
  await says(page.locator('main'), SHOP);
});

alone('A new version does not interrupt a visit: no button before it is finished', async (stage, page, site) => {
  await settle(stage);
  await seed(stage);
  await startVisit(stage);
  await count(page, YOGURT, { front: 5, cases: 0, loose: 0 });
  await kept(page);
  publish(site);
  await lookForUpdate(page);
  await page.waitForFunction(() => window.shelfwise.updateWaits());
  assert.equal(await page.locator('.banner').count(), 0);
  await page.locator('.visit-head a.icon-button').click();
  const banner = page.locator('.banner', { hasText: '新版本' });
  await says(banner, '做完手上的拜访再换');
  assert.equal(await banner.getByRole('button').count(), 0);
  await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  await finish(page);
  await banner.getByRole('button', { name: '换上新版本' }).waitFor();
  // A reload alone does not change versions.
  await page.reload();
  await page.waitForSelector('h1');
  assert.doesNotMatch(await licences(page), /next version/);
  await banner.getByRole('button', { name: '换上新版本' }).waitFor();
});
