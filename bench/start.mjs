// Cold start: from navigation to the first screen's text painted, beside a twin page of the same words without any framework.
// Each time a new browser with an empty profile, app and twin by turns. BENCH_BESIDE= a folder with another build of the app, which
// takes its turn too: what a change costs.
import { join } from 'node:path';
import { serve } from '../scripts/serve.mjs';
import { REPETITIONS, THROTTLE, asScript, dist, isMain, openBrowser, root, throttle } from './machine.mjs';
import { median, ratioOf, spread } from './stats.mjs';

const TITLE = '先加一家店';

/** In the page: notes when the title is first on screen, at the second frame after it came. */
function watch(title) {
  const look = () => {
    const heading = document.querySelector('h2');
    if (!heading || heading.textContent !== title || heading.getBoundingClientRect().height === 0) return;
    observer.disconnect();
    const inserted = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.bench = { inserted, painted: performance.now() }; }));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

const words = (text) => text.replace(/\s+/g, ' ').trim();

async function once(address) {
  const { page, close } = await openBrowser();
  try {
    await page.addInitScript(watch, TITLE);
    await throttle(page);
    // The browser's own start is over by now.
    await page.waitForTimeout(400);
    await page.goto(address);
    await page.waitForFunction(() => window.bench);
    return await page.evaluate(() => {
      const parts = performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.wasm'));
      return { ...window.bench, fetched: parts[0]?.responseEnd ?? 0, text: document.body.innerText };
    });
  } finally {
    await close();
  }
}

export async function run() {
  const app = await serve({ dir: dist, port: 9400, quality: 11 });
  const twin = await serve({ dir: join(root, 'bench'), port: 9400, quality: 11 });
  const other = process.env.BENCH_BESIDE && await serve({ dir: process.env.BENCH_BESIDE, port: 9400, quality: 11 });
  const addresses = { app: app.url, twin: `${twin.url}twin.html`, ...(other ? { other: other.url } : {}) };
  const seen = { app: [], twin: [], other: [] };
  try {
    // Uncounted: the server packs each file once, and the two screens must say the same.
    const [ours, theirs] = [await once(addresses.app), await once(addresses.twin)];
    if (words(ours.text) !== words(theirs.text)) throw new Error(`twin.html says something else:\n${words(ours.text)}\n${words(theirs.text)}`);
    if (other) await once(addresses.other);
    const names = Object.keys(addresses);
    for (let turn = 0; turn < REPETITIONS; turn += 1) {
      const order = turn % 2 ? names.toReversed() : names;
      for (const which of order) seen[which].push(await once(addresses[which]));
    }
  } finally {
    await app.close();
    await twin.close();
    await other?.close();
  }
  const painted = (which) => seen[which].map((each) => each.painted);
  console.log(`\n# Cold start at ${THROTTLE}× CPU throttle (main thread only), no cache, loopback, new profile each time, interleaved`);
  console.log('  navigation start → second frame after h2 came into the document; both screens say the same words (checked)');
  console.log(`  app    ${spread(painted('app'))}; of it until the wasm was fetched ${median(seen.app.map((each) => each.fetched)).toFixed(0)} ms, until h2 was in the document ${median(seen.app.map((each) => each.inserted)).toFixed(0)} ms`);
  console.log(`  twin   ${spread(painted('twin'))}`);
  console.log(`  ratio  ${ratioOf(painted('app'), painted('twin'))}`);
  if (other) console.log(`  other  ${spread(painted('other'))}\n  ratio, app ÷ other  ${ratioOf(painted('app'), painted('other'))}`);
  return [
    [`cold start, ${THROTTLE}× throttle`, spread(painted('app')), `twin ${spread(painted('twin'))}`],
    ['cold start ÷ twin', ratioOf(painted('app'), painted('twin')), ''],
  ];
}

if (isMain(import.meta.url)) await asScript(run);
