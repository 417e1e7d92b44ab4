// The browser throws storage away, a part or all of it. With the journal left the app says what is missing and brings it back; with the
// journal gone it goes on and makes another; with everything gone it begins honestly at its first screen.
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { newProfile } from '../e2e/harness.mjs';
import { Device, ENGINES, host, judge, assertNothing, needTwin, onDisk, pause, recover, saveNext, stock, twinIsWhole } from './world.mjs';

/** What goes, by the browser's own names for it, and what the app is to do. */
const CASES = [
  { gone: ['indexeddb'], then: 'recovery' },
  { gone: ['indexeddb', 'local_storage'], then: 'recovery' },
  { gone: ['local_storage'], then: 'all there' },
  { gone: ['file_systems'], then: 'all there' },
  { gone: ['file_systems', 'local_storage'], then: 'all there' },
  { gone: ['indexeddb', 'local_storage', 'file_systems', 'service_workers', 'cache_storage'], then: 'first screen' },
];
const FOLDERS = { indexeddb: 'IndexedDB', local_storage: 'Local Storage', file_systems: 'File System' };

function throwAway(device, gone) {
  for (const folder of device.folders()) if (gone.some((type) => FOLDERS[type] === basename(folder))) rmSync(folder, { recursive: true });
}

/** A phone with a day's work on it, closed: each case begins on a copy of it. */
async function worked(device, random) {
  const stage = await device.open();
  await stock(stage, 6);
  await stage.go();
  const acknowledged = [];
  for (let left = 3; left > 0; left -= 1) acknowledged.push(await saveNext(device.page, random.int(1, 9)));
  await twinIsWhole(stage);
  await device.close();
  return acknowledged;
}

async function one({ gone, then }, how, device, before) {
  const acknowledged = [...before];
  let stage;
  if (how === 'by the browser') {
    // A folder that is cleared under the app is what its next start finds.
    stage = await device.open();
    await stage.go();
    const origin = new URL(stage.url).origin;
    await stage.page.goto('about:blank');
    const session = await stage.context.newCDPSession(stage.page);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: gone.join(',') });
    await pause(300);
  }
  await device.close();
  if (how === 'from the disk') throwAway(device, gone);
  stage = await device.open();
  await stage.page.goto(stage.url);
  const isRecovered = await recover(stage);
  if (then === 'first screen') {
    assert.equal(isRecovered, false);
    await stage.page.locator('.first').waitFor();
    return;
  }
  assert.equal(isRecovered, then === 'recovery', isRecovered ? 'it asks to bring back what is there' : 'it does not say that everything is gone');
  assertNothing(judge(await onDisk(stage.page), acknowledged));
  // And it goes on from there.
  await stage.go();
  acknowledged.push(await saveNext(stage.page, 5));
  if (gone.length === 1 && then === 'recovery') {
    // Once more, before the app had a moment's rest.
    await device.close();
    throwAway(device, ['indexeddb']);
    stage = await device.reopen();
    assert.equal(await recover(stage), true, 'it does not say that everything is gone again');
    assertNothing(judge(await onDisk(stage.page), acknowledged));
  }
  stage = await device.reopen();
  assert.equal(await recover(stage), false, 'once is enough');
  assertNothing(judge(await onDisk(stage.page), acknowledged));
}

async function play({ random, after }) {
  needTwin();
  const server = await host();
  after(() => server.close());
  const wrong = [];
  let done = 0;
  for (const engine of Object.keys(ENGINES)) {
    const first = new Device(server, { engine, allowed: [/./] });
    after(() => first.drop());
    const before = await worked(first, random);
    for (const how of ['by the browser', 'from the disk']) {
      for (const what of CASES) {
        const profile = newProfile();
        cpSync(first.profile, profile, { recursive: true });
        const device = new Device(server, { engine, profile, allowed: [/./] });
        after(() => device.drop());
        try { await one(what, how, device, before); } catch (error) { wrong.push(`${engine}, ${what.gone.join(' + ')} gone ${how}: ${error.message.split('\n').slice(0, 4).join(' ')}`); }
        await device.drop();
        done += 1;
      }
    }
  }
  assertNothing(wrong);
  return `${done} times storage was thrown away: brought back, not needed, or honestly empty`;
}

export const lines = [{ name: 'eviction', play }];
