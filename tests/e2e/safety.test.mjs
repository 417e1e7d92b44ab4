// The copy beside the database: it is there, it is put back where the database lost something, and nothing is ever deleted by itself.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST, SHOP, YOGURT, count, downloaded, oneVisit, says, scene, startVisit } from './harness.mjs';

/** The files beside the database, with their sizes. */
const files = (page) => page.evaluate(async () => {
  const found = {};
  const root = await navigator.storage.getDirectory();
  for await (const [folder, handle] of root.entries()) {
    if (handle.kind !== 'directory') continue;
    for await (const [name, file] of handle.entries()) found[`${folder}/${name}`] = (await file.getFile()).size;
  }
  return found;
});

/** Waits until the page says yes: what it says may take its time. */
async function until(page, holds) {
  for (const end = Date.now() + 15000; !await page.evaluate(holds);) {
    assert.ok(Date.now() < end, `waited in vain for ${holds}`);
    await page.waitForTimeout(100);
  }
}

/** Runs `change` on the database while the app is not there. */
async function behindTheApp(stage, change) {
  await stage.page.goto('about:blank');
  await stage.page.goto(`${stage.url}licences.txt`);
  await stage.page.evaluate(change);
}

const deleteDatabase = () => new Promise((done, failed) => {
  const deleting = indexedDB.deleteDatabase('shelfwise');
  deleting.onsuccess = () => done();
  deleting.onerror = failed;
});

const clearVisits = () => new Promise((done, failed) => {
  const opening = indexedDB.open('shelfwise');
  opening.onerror = failed;
  opening.onsuccess = () => {
    const clearing = opening.result.transaction(['visits'], 'readwrite');
    clearing.objectStore('visits').clear();
    clearing.oncomplete = () => { opening.result.close(); done(); };
  };
});

const twinIs = (page, state) => page.waitForSelector(`#twin-state[data-state=${state}]`, { timeout: 15000 });

async function throughRecovery(stage, page, why) {
  await page.goto(stage.url);
  await page.waitForSelector(`#recovery[data-why=${why}]`);
  assert.equal(await page.locator('.first-actions, .dock-bar').count(), 0);
  await page.locator('#recover-journal').click();
  await page.waitForSelector('#recovered');
  await page.locator('#recovered button').click();
  await page.waitForSelector('.dock-bar');
}

async function visitIsThere(stage, page) {
  await stage.go('customers');
  await page.locator('a.row', { hasText: SHOP }).click();
  await page.locator('.timeline-row').first().click();
  await says(page.locator('.receipt'), '¥108.00');
}

scene('Every save is in the journal too, and the page of backups says so', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  const kept = await files(page);
  assert.ok(Object.keys(kept).some((name) => /^shelfwise\/tail-\d+\.swj$/.test(name)), JSON.stringify(kept));
  assert.ok(Object.keys(kept).some((name) => /^shelfwise\/snapshot-\d+\.swj$/.test(name)), 'an import is made up for by a snapshot');
});

scene('A database that the browser deleted comes back from the journal, and is never an empty start', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  await behindTheApp(stage, deleteDatabase);
  await throughRecovery(stage, page, 'empty');
  await visitIsThere(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  // And again: the copy was made anew.
  await behindTheApp(stage, deleteDatabase);
  await throughRecovery(stage, page, 'empty');
  await visitIsThere(stage, page);
});

scene('A database deleted with the browser’s memory of it comes back as well', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  await behindTheApp(stage, deleteDatabase);
  await stage.page.evaluate(() => localStorage.clear());
  await throughRecovery(stage, page, 'empty');
  await visitIsThere(stage, page);
});

scene('A visit that vanished from the database is noticed and brought back', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  await behindTheApp(stage, clearVisits);
  await page.goto(stage.url);
  await page.waitForSelector('#recovery[data-why=damaged]', { timeout: 20000 });
  await page.locator('#recover-journal').click();
  await page.waitForSelector('#recovered');
  await page.locator('#recovered button').click();
  await visitIsThere(stage, page);
});

/** Whoever asks for what the journal has stops it at once, the first time. */
function stopFirst() {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    post.call(this, message, ...rest);
    if (Array.isArray(message) && String(message[0]).includes('Recover') && !window.hasStopped) {
      window.hasStopped = true;
      post.call(this, ['"Stop"', undefined]);
    }
  };
}

scene('Stopping on the way back changes nothing, and the next try brings everything back', { init: stopFirst }, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  const before = Object.keys(await files(page)).filter((name) => name.includes('snapshot')).sort();
  await behindTheApp(stage, clearVisits);
  await page.goto(stage.url);
  await page.waitForSelector('#recovery[data-why=damaged]', { timeout: 20000 });
  await page.locator('#recover-journal').click();
  await page.waitForFunction(() => window.hasStopped && !document.querySelector('.working'));
  assert.equal(await page.locator('#recovered').count(), 0);
  assert.deepEqual(Object.keys(await files(page)).filter((name) => name.includes('snapshot')).sort(), before, 'what is damaged is in no snapshot');
  await page.locator('#recover-journal').click();
  await page.waitForSelector('#recovered');
  await page.locator('#recovered button').click();
  await visitIsThere(stage, page);
});

scene('What a damaged journal still has is brought back once, and the app goes on', { allowed: [/./] }, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  await addShop(stage, page, '第二家店');
  await addShop(stage, page, '第三家店');
  await behindTheApp(stage, deleteDatabase);
  // The second shop's save, in the middle of the newest file.
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('shelfwise');
    const names = [];
    for await (const name of folder.keys()) if (name.startsWith('tail-')) names.push(name);
    const handle = await folder.getFileHandle(names.sort().at(-1));
    const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
    const wanted = new TextEncoder().encode('第二家店');
    const at = bytes.findIndex((_, from) => wanted.every((byte, next) => bytes[from + next] === byte));
    bytes[at] ^= 1;
    const stream = await handle.createWritable();
    await stream.write(bytes);
    await stream.close();
  });
  await throughRecovery(stage, page, 'empty');
  await visitIsThere(stage, page);
  // Not the way back again, now or at the next start.
  await stage.go('data');
  await twinIs(page, 'whole');
  await page.reload();
  await page.waitForSelector('#twin-state[data-state=whole]');
  assert.equal(await page.locator('#recovery').count(), 0);
});

async function addShop(stage, page, name) {
  await stage.go('customers/new');
  await page.fill('#shop-name', name);
  await page.locator('form button[type=submit]').first().click();
  await page.waitForSelector('.doings');
}

scene('A file restored over a database that fell back takes its place for good', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  const { bytes } = await downloaded(page, () => page.locator('#backup-now').click());
  const rows = () => new Promise((done) => {
    const opening = indexedDB.open('shelfwise');
    opening.onsuccess = async () => {
      const all = {};
      for (const store of opening.result.objectStoreNames) all[store] = await new Promise((read) => { opening.result.transaction(store).objectStore(store).getAll().onsuccess = (event) => read(event.target.result); });
      opening.result.close();
      done(all);
    };
  });
  // Another note in it, so that there is something to restore.
  const whole = JSON.parse(bytes.toString());
  whole.data.customers[0].fields.note = '备份里写的';
  const changed = JSON.stringify({ ...whole, sha256: createHash('sha256').update(JSON.stringify(whole.data)).digest('hex'), data: whole.data });
  const earlier = await page.evaluate(rows);
  for (const name of ['第二家店', '第三家店', '第四家店']) await addShop(stage, page, name);
  await stage.page.goto('about:blank');
  await stage.page.goto(`${stage.url}licences.txt`);
  await page.evaluate((earlier) => new Promise((done, failed) => {
    const opening = indexedDB.open('shelfwise');
    opening.onerror = failed;
    opening.onsuccess = () => {
      const falling = opening.result.transaction(Object.keys(earlier), 'readwrite');
      for (const [store, rows] of Object.entries(earlier)) {
        falling.objectStore(store).clear();
        for (const row of rows) falling.objectStore(store).put(row);
      }
      falling.oncomplete = () => { opening.result.close(); done(); };
    };
  }), earlier);
  await page.goto(stage.url);
  await page.waitForSelector('#recovery[data-why=behind]');
  await page.waitForSelector('#recover-journal');
  await page.setInputFiles('#recover-file', { name: 'backup.json', mimeType: 'application/json', buffer: Buffer.from(changed) });
  await page.locator('#restore-replace').click();
  await page.waitForSelector('#recovered');
  await page.locator('#recovered button').click();
  await page.waitForSelector('.dock-bar');
  assert.equal(await page.locator('#recovery').count(), 0);
  await visitIsThere(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  assert.equal(await page.locator('#recovery').count(), 0);
});

/** Begins a visit and counts one product; the copy of the draft is beside the database when this returns. */
async function halfAVisit(stage, page) {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  await stage.at('2026-11-24T06:00:00Z');
  await stage.go('');
  await startVisit(stage);
  await count(page, YOGURT, { front: 4, cases: 1, loose: 2 });
  await page.locator('.visit-status[data-kept=OnDisk]').waitFor();
  await until(page, async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('shelfwise');
    for await (const [name, handle] of folder.entries()) if (name.startsWith('drafts-') && (await (await handle.getFile()).text()).includes('\\"front\\":\\"4\\"')) return true;
    return false;
  });
}

async function countIsThere(stage, page) {
  await page.goto(stage.url);
  await page.locator('a.row', { hasText: SHOP }).first().click();
  // Today's row of a visit in hand leads into it, the shop's own to its page.
  await page.locator('.start-pill, .visit').first().waitFor();
  if (await page.locator('.start-pill').count()) await page.locator('.start-pill').click();
  await page.waitForSelector('.visit');
  await page.waitForFunction(() => [...document.querySelectorAll('.count-row')].some((row) => row.textContent.includes('4')) || [...document.querySelectorAll('[id^=front-]')].some((input) => input.value === '4'));
}

scene('What was typed last and vanished from the database is put back without a word', {}, async (stage, page) => {
  await halfAVisit(stage, page);
  await behindTheApp(stage, () => new Promise((done, failed) => {
    const opening = indexedDB.open('shelfwise');
    opening.onerror = failed;
    opening.onsuccess = () => {
      // As a browser does that falls back to what it had flushed.
      const losing = opening.result.transaction(['drafts', 'meta'], 'readwrite');
      losing.objectStore('drafts').clear();
      losing.objectStore('meta').delete('turn');
      losing.oncomplete = () => { opening.result.close(); done(); };
    };
  }));
  await page.goto(stage.url);
  await page.waitForSelector('.dock-bar');
  await until(page, () => new Promise((done) => {
    const opening = indexedDB.open('shelfwise');
    opening.onsuccess = () => {
      const count = opening.result.transaction('drafts').objectStore('drafts').count();
      count.onsuccess = () => { opening.result.close(); done(count.result === 1); };
    };
  }));
  await countIsThere(stage, page);
});

scene('A visit in hand comes back with a deleted database', {}, async (stage, page) => {
  await halfAVisit(stage, page);
  await behindTheApp(stage, deleteDatabase);
  await throughRecovery(stage, page, 'empty');
  await countIsThere(stage, page);
});

scene('Everything gone is an honest empty start', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await behindTheApp(stage, deleteDatabase);
  await page.evaluate(async () => {
    localStorage.clear();
    await (await navigator.storage.getDirectory()).removeEntry('shelfwise', { recursive: true });
  });
  await page.goto(stage.url);
  await page.waitForSelector('.first-actions');
});

scene('Who goes on with what is here keeps the copy of what was', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  const before = Object.keys(await files(page)).filter((name) => name.includes('snapshot'));
  await behindTheApp(stage, deleteDatabase);
  await page.goto(stage.url);
  await page.locator('#recover-go-on').click();
  await page.waitForSelector('.first-actions');
  await page.reload();
  await page.waitForSelector('.first-actions');
  const after = Object.keys(await files(page));
  assert.ok(before.every((name) => after.includes(name)), JSON.stringify([before, after]));
});

scene('Deleting everything deletes the copies, and the next start is empty', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await stage.go('data');
  await twinIs(page, 'whole');
  await page.locator('#wipe-open').click();
  await page.fill('#wipe-word', await page.locator('#wipe-word-wanted').textContent());
  await page.locator('#wipe-now').click();
  await page.waitForSelector('.first-actions');
  const texts = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('shelfwise');
    const found = [];
    for await (const handle of folder.values()) found.push(await (await handle.getFile()).text());
    return found.join('\n');
  });
  assert.ok(!texts.includes(SHOP), 'nothing of the shop is left');
  await page.reload();
  await page.waitForSelector('.first-actions');
});

scene('The raw export has the database and its journal', {}, async (stage, page) => {
  await oneVisit(stage, page);
  await behindTheApp(stage, deleteDatabase);
  await page.goto(stage.url);
  await page.waitForSelector('#recovery');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#recover-raw').click()]);
  const raw = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.equal(raw.format, 'shelfwise-raw');
  const journal = Object.entries(raw.journal).map(([name, text]) => [name, Buffer.from(text, 'base64')]);
  assert.ok(journal.some(([name, bytes]) => name.startsWith('tail-') && bytes.subarray(0, 4).toString() === 'SWJ1'), Object.keys(raw.journal).join());
});

test('The release has no way to take a protection out', () => {
  const files = readdirSync(DIST).filter((name) => name.endsWith('.wasm'));
  assert.ok(files.length >= 4, files.join());
  for (const name of files) {
    const bytes = readFileSync(join(DIST, name));
    for (const word of ['no-strict', 'ack-early', 'no-fence']) assert.ok(!bytes.includes(word), `${word} in ${name}`);
  }
});
