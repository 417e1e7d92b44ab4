// The system is watched while visits are saved: before the app says “saved”, the disk was told to keep the database's files, and the
// journal's. A word without it would be true until the next power cut only.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Device, ENGINES, Skipped, beginNext, hasTwin, host, pause, stock, told, toFinish, type } from './world.mjs';

const SAVES = 20;
const CALLS = 'trace=fsync,fdatasync,sync_file_range,write,pwrite64,pwritev,pwritev2,writev,ftruncate';
/** Whether a file of the site is one that changes are appended to: copies of drafts lie beside it and are flushed, too. */
function isTail(path) {
  if (!/\/File System\/(?!Origins|.*\/Paths\/)/.test(path) || !existsSync(path)) return false;
  return readFileSync(path).subarray(0, 400).includes('"kind":"tail"');
}

/** Which of the two a file belongs to, once the browser is done with it. */
function kinds() {
  const known = new Map();
  return (path) => {
    if (!known.has(path)) known.set(path, path.includes('/IndexedDB/') ? 'database' : isTail(path) ? 'journal' : null);
    return known.get(path);
  };
}

/** Every process of the browser's group. */
function processes(device) {
  const group = (pid) => { try { return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[2]; } catch { return null; } };
  const own = group(device.pid());
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && group(name) === own);
}

/** What strace saw: calls on the two kinds of files, when they began and ended, in milliseconds since 1970. */
function calls(log) {
  const all = [];
  const kindOf = kinds();
  const open = new Map();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, pid, at, rest] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? [];
    if (!rest) continue;
    const began = Number(at) * 1000;
    const resumed = /^<\.\.\. (\w+) resumed>.*<(\d+\.\d+)>$/.exec(rest);
    if (resumed) {
      const call = open.get(pid);
      if (call) all.push({ ...call, ended: call.began + Number(resumed[2]) * 1000 });
      open.delete(pid);
      continue;
    }
    const [, name, path] = /^(\w+)\(\d+<([^>]*)>/.exec(rest) ?? [];
    const kind = path && kindOf(path);
    if (!kind) continue;
    const call = { kind, isSync: name.startsWith('f') && name.endsWith('sync'), began };
    const took = /<(\d+\.\d+)>$/.exec(rest);
    if (took) all.push({ ...call, ended: began + Number(took[1]) * 1000 });
    else open.set(pid, call);
  }
  return all;
}

async function play({ random, times, after }, engine) {
  if (spawnSync('strace', ['-V']).error) throw new Skipped('strace is missing');
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { engine });
  after(() => device.drop());
  const stage = await device.open();
  const saves = SAVES * times;
  await stock(stage, saves + 2);
  await stage.go();
  const { page } = device;
  const log = join(device.profile, 'calls.txt');
  const strace = spawn('strace', ['-f', '-q', '-y', '-ttt', '-T', '-e', CALLS, '-o', log, ...processes(device).flatMap((pid) => ['-p', pid])], { stdio: ['ignore', 'ignore', 'pipe'] });
  after(() => strace.kill());
  let words = '';
  strace.stderr.on('data', (data) => { words += data; });
  await pause(1500);
  if (strace.exitCode !== null) throw new Skipped(`strace may not watch here: ${words.trim().split('\n')[0]}`);
  const spans = [];
  for (let save = 0; save < saves; save += 1) {
    await beginNext(page);
    await type(page, random.int(1, 9));
    await page.locator('.visit-status[data-kept=OnDisk]').waitFor();
    await toFinish(page);
    const began = Date.now();
    await page.locator('#visit-finish').click();
    await told(page);
    spans.push({ began, ended: Date.now() });
  }
  assert.equal(device.engineSeen(), engine);
  await pause(300);
  strace.kill('SIGINT');
  await new Promise((done) => { strace.on('close', done); });
  const all = calls(log);
  /** Written after the save began, and kept before the word. */
  const isKept = ({ began, ended }, kind) => {
    const own = all.filter((call) => call.kind === kind && call.began >= began && call.ended <= ended);
    const first = own.find((call) => !call.isSync);
    return own.some((call) => call.isSync && first && call.began >= first.began);
  };
  const kept = Object.fromEntries(['database', 'journal'].map((kind) => [kind, spans.filter((span) => isKept(span, kind)).length]));
  const said = `${kept.database}/${saves} words after the database was kept, ${hasTwin() ? `${kept.journal}/${saves} after the journal was` : 'no journal in this build'}`;
  assert.equal(kept.database, saves, said);
  if (hasTwin()) assert.equal(kept.journal, saves, said);
  return said;
}

export const lines = Object.keys(ENGINES).map((engine) => ({ name: `sync-${engine}`, play: (world) => play(world, engine) }));
