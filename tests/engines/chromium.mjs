// Chromium by Playwright, as in the end-to-end tests.
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const name = 'Chromium';
const BINARY = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

export const missing = () => (BINARY ? null : 'no chromium on this machine');

/** Starts it with an empty profile in the folder. */
export async function start(folder, downloads) {
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: BINARY, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    viewport: { width: 480, height: 860 }, locale: 'zh-CN',
  });
  const trouble = [];
  context.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()} ${message.location().url}`));
  context.on('weberror', (error) => trouble.push(`uncaught: ${error.error().message}`));
  const page = context.pages()[0];
  page.on('download', async (download) => {
    const kept = join(downloads, download.suggestedFilename());
    await download.saveAs(`${kept}.part`);
    renameSync(`${kept}.part`, kept);
  });
  return {
    version: context.browser().version(),
    downloads,
    trouble,
    open: (url) => page.goto(url),
    reload: () => page.reload(),
    evaluate: (run, argument) => page.evaluate(run, argument),
    element: async (run, argument) => (await page.evaluateHandle(run, argument)).asElement(),
    // The page has seen to it that the press hits.
    click: (element) => element.click({ force: true, noWaitAfter: true }),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    choose: (element, path) => element.setInputFiles(path),
    close: () => context.close(),
  };
}
