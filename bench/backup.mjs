// A year on one phone (300 shops × 52 visits × 20 lines) as a backup file: made, checked and restored by the app, in MB/s beside
// JSON.stringify and JSON.parse of the same records in the same browser; the longest frame meanwhile with the page's thread slowed; and
// the most memory the renderer held, in sizes of the file.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../scripts/serve.mjs';
import { THROTTLE, asScript, dist, dropFolder, isMain, newFolder, openBrowser, throttle } from './machine.mjs';
import { fill } from './history.mjs';
import { median, range, ratioOf, spread } from './stats.mjs';

const RUNS = 3;
const GOALS = { memory: 4, frame: 100 };

/** In the page: frames, and when a selector first stood there. */
function watch() {
  const bench = (window.bench = { frames: [] });
  const frame = (now) => { bench.frames.push(now); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  bench.gap = (from) => Math.max(0, ...bench.frames.map((now, at) => (at && now > from ? now - bench.frames[at - 1] : 0)));
}

/** Resident memory of the browser's renderers, in bytes, by the kernel's own high-water mark. */
function renderers(profile) {
  const pids = execFileSync('pgrep', ['-f', `${profile}.*--type=renderer|--type=renderer.*${profile}`]).toString().trim().split('\n');
  const mark = (pid) => { try { return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024; } catch { return 0; } };
  return Math.max(...pids.map(mark));
}

/** The same file by the browser's own means, in a page of its own: parsed, and written again. */
async function plain(context, file) {
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  await page.setContent('<input type="file">');
  await page.setInputFiles('input', file);
  const took = await page.evaluate(async () => {
    const text = await document.querySelector('input').files[0].text();
    const began = performance.now();
    const whole = JSON.parse(text);
    const parsed = performance.now();
    const again = JSON.stringify(whole);
    return { parse: parsed - began, stringify: performance.now() - parsed, length: again.length };
  });
  await page.close();
  return took;
}

async function once(url, folder, rate) {
  const file = join(folder, 'year.json');
  const profile = newFolder();
  const { page, close } = await openBrowser(profile);
  const took = {};
  try {
    page.setDefaultTimeout(300_000);
    await page.goto(url);
    await page.waitForSelector('h1');
    await fill(page, true);
    await page.addInitScript(watch);
    await page.goto(`${url}data`);
    await page.waitForSelector('#backup-now');
    await page.waitForTimeout(1500);
    const idle = renderers(profile);
    if (rate > 1) await throttle(page, rate);
    const timed = async (press, selector) => {
      const from = await page.evaluate(() => performance.now());
      await press();
      await page.waitForSelector(selector);
      return page.evaluate((from) => ({ ms: performance.now() - from, gap: window.bench.gap(from) }), from);
    };
    const coming = page.waitForEvent('download');
    took.made = await timed(() => page.locator('#backup-now').click(), '.handed');
    await (await coming).saveAs(file);
    took.bytes = statSync(file).size;
    took.madeMemory = renderers(profile) - idle;
    await page.reload();
    await page.waitForSelector('#restore-file', { state: 'attached' });
    await page.waitForTimeout(1000);
    took.same = await timed(() => page.setInputFiles('#restore-file', file), '.restore-preview');
  } finally {
    await close();
    dropFolder(profile);
  }
  // On an empty phone: checked, and all of it written.
  const empty = newFolder();
  const other = await openBrowser(empty);
  try {
    const { page: phone } = other;
    phone.setDefaultTimeout(300_000);
    await phone.addInitScript(watch);
    await phone.goto(`${url}data`);
    await phone.waitForSelector('#restore-file', { state: 'attached' });
    await phone.waitForTimeout(1500);
    const idle = renderers(empty);
    if (rate > 1) await throttle(phone, rate);
    const timed = async (press, selector) => {
      const from = await phone.evaluate(() => performance.now());
      await press();
      await phone.waitForSelector(selector);
      return phone.evaluate((from) => ({ ms: performance.now() - from, gap: window.bench.gap(from) }), from);
    };
    took.checked = await timed(() => phone.setInputFiles('#restore-file', file), '.restore-preview');
    took.restored = await timed(() => phone.locator('#restore-replace').click(), '.restore-done');
    took.restoredMemory = renderers(empty) - idle;
    took.plain = await plain(other.context, file);
  } finally {
    await other.close();
    dropFolder(empty);
  }
  return took;
}

export async function run() {
  const server = await serve({ dir: dist, port: 9510 });
  const folder = newFolder();
  const seen = { 1: [], [THROTTLE]: [] };
  try {
    for (let turn = 0; turn < RUNS; turn += 1) for (const rate of turn ? [1] : [1, THROTTLE]) seen[rate].push(await once(server.url, folder, rate));
  } finally {
    await server.close();
    dropFolder(folder);
  }
  const runs = seen[1];
  const mb = runs[0].bytes / 1e6;
  const times = (of) => runs.map((each) => of(each));
  const speed = (of) => spread(times(of).map((ms) => mb / (ms / 1000)), ' MB/s');
  const stringify = (each) => each.plain.stringify, parse = (each) => each.plain.parse;
  const rows = [
    ['made, from the tap to the file', (each) => each.made.ms, stringify, 'JSON.stringify', 0.5],
    ['read and checked on an empty phone', (each) => each.checked.ms, parse, 'JSON.parse', 0.35],
    ['read, checked and compared with the same data here', (each) => each.same.ms, parse, 'JSON.parse'],
    ['written on an empty phone, in one strict transaction', (each) => each.restored.ms, parse, 'JSON.parse'],
  ];
  console.log(`\n# A year as a backup file: ${mb.toFixed(1)} MB, ${runs.length} runs; JSON.parse and JSON.stringify of the same file in a page of the same browser`);
  const summary = rows.map(([name, ours, theirs, beside, goal]) => {
    // As speeds: theirs ÷ ours in milliseconds.
    const ratio = ratioOf(times(theirs), times(ours));
    console.log(`  ${name.padEnd(54)} ${speed(ours)}; ${beside} ${speed(theirs)}; ratio ${ratio}${goal ? `, goal ≥ ${goal}` : ''}`);
    return [`backup of a year: ${name}`, speed(ours), `${beside} ${speed(theirs)}; ratio ${ratio}${goal ? `, goal ≥ ${goal}` : ''}`];
  });
  const memory = (of) => range(runs.map((each) => of(each) / each.bytes));
  const slow = seen[THROTTLE][0];
  const peak = `making ${memory((each) => each.madeMemory)} ×, restoring ${memory((each) => each.restoredMemory)} × the file`;
  const gaps = `making ${slow.made.gap.toFixed(0)}, checking ${slow.checked.gap.toFixed(0)}, restoring ${slow.restored.gap.toFixed(0)} ms`;
  console.log(`  most memory of the renderer over idle: ${peak}; goal ≤ ${GOALS.memory}`);
  console.log(`  longest frame gap with the page's thread slowed ${THROTTLE}×: ${gaps}; goal ≤ ${GOALS.frame}`);
  return [...summary, ['backup of a year: most memory', peak, `goal ≤ ${GOALS.memory}`], [`backup of a year: longest frame gap at ${THROTTLE}×`, gaps, `goal ≤ ${GOALS.frame}`]];
}

if (isMain(import.meta.url)) await asScript(run);
