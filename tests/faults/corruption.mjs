// The files in which a browser keeps the data are damaged between two starts: a byte turned, a stretch of zeros, the end cut off, the file
// gone, or an older copy in its place. Everything is there when the app opens, or it says that it is not and brings it back. Never an
// empty first screen, never less than there was without a word.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Device, ENGINES, assertNothing, beginNext, host, needTwin, onDisk, recover, saveNext, stock, twinIsWhole, type } from './world.mjs';

const DAMAGES = 20;
const LISTS = ['customers', 'products', 'summaries', 'settings', 'visits', 'orders', 'deliveries', 'dispatches', 'drafts'];

/** What has to be the same afterwards. */
const everything = (disk) => Object.fromEntries(LISTS.map((list) => [list, Object.fromEntries(disk[list].map(({ id, body }) => [id, JSON.stringify(body)]))]));
const differences = (before, now) => LISTS.flatMap((list) => {
  const ids = [...new Set([...Object.keys(before[list]), ...Object.keys(now[list])])];
  return ids.filter((id) => before[list][id] !== now[list][id]).map((id) => `${list}/${id}: ${now[list][id] ? (before[list][id] ? 'another' : 'from nowhere') : 'gone'}`);
});

const filesIn = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((path) => statSync(path).isFile());

/** Each damage says whether it changed anything. */
const DAMAGE = {
  turn(path, random) {
    const bytes = readFileSync(path);
    if (!bytes.length) return false;
    for (let left = random.int(1, 4); left > 0; left -= 1) bytes[random.int(0, bytes.length - 1)] ^= random.int(1, 255);
    writeFileSync(path, bytes);
    return true;
  },
  zero(path, random) {
    const bytes = readFileSync(path);
    if (!bytes.length) return false;
    const from = random.int(0, bytes.length - 1);
    bytes.fill(0, from, Math.min(bytes.length, from + random.int(1, 4096)));
    writeFileSync(path, bytes);
    return true;
  },
  cut(path, random) {
    const bytes = readFileSync(path);
    if (!bytes.length) return false;
    writeFileSync(path, bytes.subarray(0, random.int(0, bytes.length - 1)));
    return true;
  },
  gone(path) {
    rmSync(path);
    return true;
  },
  older(path, random, older) {
    if (!existsSync(older)) return false;
    const bytes = readFileSync(older);
    if (bytes.equals(readFileSync(path))) return false;
    writeFileSync(path, bytes);
    return true;
  },
  /** The whole folder as it was: nothing in it contradicts itself. */
  folder(path, random, older, folder, olderFolder) {
    if (!existsSync(olderFolder)) return false;
    rmSync(folder, { recursive: true });
    cpSync(olderFolder, folder, { recursive: true });
    return true;
  },
};

async function play({ random, times, after }, engine) {
  needTwin();
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { engine, allowed: [/./] });
  after(() => device.drop());
  const kept = join(device.profile, 'kept');
  const copy = (name) => device.folders().forEach((folder) => cpSync(folder, join(kept, name, basename(folder)), { recursive: true }));
  let stage = await device.open();
  await stock(stage, 24);
  await stage.go();
  for (let left = 5; left > 0; left -= 1) await saveNext(device.page, random.int(1, 9));
  await twinIsWhole(stage);
  await device.close();
  copy('older');
  stage = await device.open();
  await stage.go();
  for (let left = 5; left > 0; left -= 1) await saveNext(device.page, random.int(1, 9));
  await beginNext(device.page);
  await type(device.page, 6);
  await device.page.locator('.visit-status[data-kept=OnDisk]').waitFor();
  await twinIsWhole(stage);
  const before = everything(await onDisk(device.page));
  await device.close();
  assert.equal(device.engineSeen(), engine);
  copy('now');
  const folders = device.folders().filter((folder) => basename(folder) !== 'WebStorage');
  // Every file once, then any.
  const files = folders.flatMap((folder) => filesIn(folder).map((path) => ({ folder, path }))).filter(({ path }) => statSync(path).size > 0);
  const counts = { whole: 0, recovered: 0 };
  const seen = new Set();
  const wrong = [];
  for (let at = 0; at < DAMAGES * times;) {
    for (const folder of device.folders()) rmSync(folder, { recursive: true });
    for (const name of readdirSync(join(kept, 'now'))) cpSync(join(kept, 'now', name), join(device.profile, 'Default', name), { recursive: true });
    const { folder, path } = at < files.length ? files[at] : random.pick(files);
    const what = random.pick(Object.keys(DAMAGE));
    const inside = path.slice(folder.length);
    if (!DAMAGE[what](path, random, join(kept, 'older', basename(folder), inside), folder, join(kept, 'older', basename(folder)))) continue;
    at += 1;
    seen.add(path);
    const name = `${what} ${basename(folder)}${what === 'folder' ? '' : inside}`;
    try {
      stage = await device.open();
      await stage.page.goto(stage.url);
      const isRecovered = await recover(stage);
      assert.equal(await stage.page.locator('.first').count(), 0, 'an empty first screen');
      counts[isRecovered ? 'recovered' : 'whole'] += 1;
      const lost = differences(before, everything(await onDisk(stage.page)));
      if (lost.length) wrong.push(`${name}: ${isRecovered ? 'after recovery' : 'without a word'}: ${lost.slice(0, 3).join(', ')}${lost.length > 3 ? ` and ${lost.length - 3} more` : ''}`);
    } catch (error) {
      wrong.push(`${name}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
    }
    await device.close();
  }
  assertNothing(wrong);
  return `${DAMAGES * times} damages in ${seen.size} of ${files.length} files: ${counts.whole} times all was there, ${counts.recovered} times it was brought back, 0 lost`;
}

export const lines = Object.keys(ENGINES).map((engine) => ({ name: `corruption-${engine}`, play: (world) => play(world, engine) }));
