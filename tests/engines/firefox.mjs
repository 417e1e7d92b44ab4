// Firefox by Puppeteer over WebDriver BiDi.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

export const name = 'Firefox';
const BINARY = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'].find((path) => path && existsSync(path));

export const missing = () => (BINARY ? null : 'no firefox-esr on this machine');

/** Starts it with an empty profile in the folder. */
export async function start(folder, downloads) {
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath: BINARY, headless: true, userDataDir: join(folder, 'profile'), env: { ...process.env, HOME: folder },
    defaultViewport: { width: 480, height: 860 },
    extraPrefsFirefox: {
      'intl.accept_languages': 'zh-CN, zh', 'browser.download.folderList': 2, 'browser.download.dir': downloads, 'browser.download.alwaysOpenPanel': false,
    },
  });
  const [page] = await browser.pages();
  const trouble = [];
  page.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`uncaught: ${error.message}`));
  return {
    version: (await browser.version()).replace(/^\D+/, ''),
    downloads,
    trouble,
    open: (url) => page.goto(url),
    reload: () => page.reload(),
    evaluate: (run, argument) => page.evaluate(run, argument),
    element: async (run, argument) => (await page.evaluateHandle(run, argument)).asElement(),
    click: (element) => element.click(),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    choose: (element, path) => element.uploadFile(path),
    close: () => browser.close(),
  };
}
