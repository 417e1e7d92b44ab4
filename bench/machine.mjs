// Where the benchmarks run: the site under test, the browser, the state of the machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** The release site: `dist`, or what SHELFWISE_DIST says. */
export const dist = resolve(root, process.env.SHELFWISE_DIST ?? 'dist');
export const THROTTLE = 4;
export const REPETITIONS = Math.max(9, Number(process.env.BENCH_REPETITIONS ?? 9));

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** A folder for a while: a profile, a file to import. */
export const newFolder = () => mkdtempSync(join(tmpdir(), 'shelfwise-bench-'));
export const dropFolder = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

/** A browser with a profile on the disk: an incognito context would keep IndexedDB in memory and flush nothing. An empty profile is
 * dropped when the browser closes, one that is given stays. */
export async function openBrowser(given) {
  const profile = given ?? newFolder();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS, viewport: { width: 390, height: 844 }, locale: 'zh-CN',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30000);
  const close = async () => {
    await context.close();
    if (!given) dropFolder(profile);
  };
  return { context, page, close, version: context.browser()?.version() ?? 'unknown' };
}

/** Slows the page's main thread, as a cheap phone would. */
export async function throttle(page, rate = THROTTLE) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

export const load = () => loadavg().map((value) => value.toFixed(2)).join(' ');

export const machine = () => `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), load ${load()}`;

export const isMain = (url) => process.argv[1] && resolve(process.argv[1]) === fileURLToPath(url);

/** Runs a benchmark as a script, with the machine's state around it. */
export async function asScript(run) {
  console.log(`machine: ${machine()}`);
  await run();
  console.log(`load after: ${load()}`);
}
