// The main path on three engines, one after the other: node tests/engines/run.mjs [chromium firefox webkit]
// Prints each step, a line for each engine, and last `N passed, N failed` for all. An engine that is not there is skipped and said
// so; where CI=true that is a failure.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../scripts/serve.mjs';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';
import { Page } from './page.mjs';
import { steps } from './path.mjs';
import * as webkit from './webkit.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dir = resolve(here('../..'), process.env.SHELFWISE_DIST ?? 'dist');
const watch = readFileSync(here('watch.js'));
const skipIsFailure = process.env.CI === 'true';
/** A browser that hangs fails; it does not hold up the run. */
const within = (limit, what, work) => Promise.race([
  work, new Promise((_, failed) => { setTimeout(failed, limit * 1000, new Error(`${what}: nothing for ${limit} s`)).unref(); }),
]);
const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

/** What is served instead of a file: boot.js with the watch before it, sw.js as that of another version. */
const changed = (version) => (body, path) => {
  if (path === '/boot.js') return Buffer.concat([watch, body]);
  if (path === '/sw.js' && version) return Buffer.from(body.toString().replace(/const VERSION = '[^']+'/, `const VERSION = '${version}'`));
  return body;
};

/** The site on a port that it keeps over closing and opening. */
async function site() {
  const start = (port, version) => serve({ dir, port, quality: 1, change: changed(version) });
  let server = await start(9500);
  const { url } = server;
  return {
    url,
    close: () => server.close(),
    async open({ version } = {}) {
      server = await start(Number(new URL(url).port), version);
      assert.equal(server.url, url);
    },
  };
}

/** Files to be chosen, each in a folder of its own so that it keeps its name. */
const filesIn = (folder) => (content, name = 'list.csv') => {
  const path = join(mkdtempSync(join(folder, 'file-')), name);
  writeFileSync(path, content);
  return path;
};

/** Walks the path; a step that fails ends it, and those behind it have failed with it. */
async function walk(world) {
  let passed = 0;
  for (const { name, play } of steps) {
    const started = Date.now();
    try {
      await within(60, name, play(world));
      assert.deepEqual(await world.page.trouble(), []);
      passed += 1;
      console.log(`  ✔ ${name} (${seconds(started)} s)`);
    } catch (error) {
      const looks = await within(5, name, Promise.all([world.page.looks(), world.page.trouble()])).catch((lost) => [lost.message]);
      console.log(`  ✖ ${name}\n${[error.stack, ...looks.flat()].join('\n').replace(/^/gm, '      ')}`);
      for (const behind of steps.slice(passed + 1)) console.log(`  ✖ ${behind.name}: not reached`);
      break;
    }
  }
  return [passed, steps.length - passed];
}

async function run(engine) {
  const why = engine.missing();
  if (why) {
    console.log(`${engine.name}: skipped: ${why}`);
    return [0, skipIsFailure ? 1 : 0];
  }
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'shelfwise-engine-'));
  const downloads = join(folder, 'downloads');
  mkdirSync(downloads);
  const server = await site();
  let driver = null;
  try {
    driver = await within(60, 'start', engine.start(folder, downloads));
    console.log(`${engine.name} ${driver.version}`);
    const page = new Page(driver, server.url);
    const [passed, failed] = await walk({ page, site: server, file: filesIn(folder), kept: {} });
    console.log(`${engine.name}: ${passed} passed, ${failed} failed, ${seconds(started)} s\n`);
    return [passed, failed];
  } catch (error) {
    console.log(`${engine.name}: 0 passed, 1 failed: it did not start: ${error.stack}\n`);
    return [0, 1];
  } finally {
    if (driver) await within(20, 'close', driver.close()).catch((error) => console.log(`${engine.name} did not close: ${error.message}`));
    await server.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const wanted = process.argv.slice(2);
const engines = [chromium, firefox, webkit].filter(({ name }) => !wanted.length || wanted.includes(name.toLowerCase()));
let [passed, failed] = [0, 0];
for (const engine of engines) {
  const [good, bad] = await run(engine);
  passed += good;
  failed += bad;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
