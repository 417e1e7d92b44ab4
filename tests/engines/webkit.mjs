// WebKit, our stand-in for Safari: WebKitGTK's MiniBrowser by W3C WebDriver, on a screen that nobody sees. Driven like this it keeps
// its data in memory only, so a reload finds it and a second start does not.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Builder, Capabilities, Key } from 'selenium-webdriver';

export const name = 'WebKit';
const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';
const libraries = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((machine) => `/usr/lib/${machine}/webkit2gtk-4.1/MiniBrowser`) : [];
const BINARY = libraries.find(existsSync);

export const missing = () => {
  const lacks = [!BINARY && 'MiniBrowser', !existsSync(DRIVER) && 'WebKitWebDriver', !existsSync(SCREEN) && 'Xvfb'].filter(Boolean);
  return lacks.length ? `no ${lacks.join(', ')} on this machine (Debian has them)` : null;
};

/** A port that is free now. */
const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)); });
});

/** Starts a program and resolves with it and the first line of one of its outputs. */
const firstLine = (program, output) => new Promise((done, failed) => {
  program.stdio[output].once('data', (data) => done(String(data).trim()));
  program.once('error', failed);
  program.once('exit', (code) => failed(new Error(`${program.spawnfile} ended with ${code}`)));
});

/** Waits until WebDriver answers. */
async function ready(url) {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
    if (await fetch(`${url}/status`).then((answer) => answer.ok, () => false)) return;
  }
  throw new Error('WebKitWebDriver does not answer');
}

/** A home in the folder: data, cache, downloads, and a Chinese locale made of the one that is there (the browser takes its language from it). */
function home(folder, downloads) {
  const [config, locales] = ['config', 'locales'].map((part) => join(folder, part));
  for (const part of [config, locales]) mkdirSync(part);
  writeFileSync(join(config, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  symlinkSync('/usr/lib/locale/C.utf8', join(locales, 'zh_CN.utf8'));
  return {
    ...process.env, HOME: folder, XDG_CONFIG_HOME: config, XDG_DATA_HOME: join(folder, 'data'), XDG_CACHE_HOME: join(folder, 'cache'),
    LOCPATH: locales, LC_ALL: 'zh_CN.UTF-8', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  };
}

/** This driver presses no shift by itself: a "C" would arrive as "c". */
function typing(actions, text) {
  for (const sign of text) {
    if (/[A-Z~!@#$%^&*()_+{}|:"<>?]/.test(sign)) actions.keyDown(Key.SHIFT).sendKeys(sign).keyUp(Key.SHIFT);
    else actions.sendKeys(sign);
  }
  return actions;
}

export async function start(folder, downloads) {
  const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '800x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const display = await firstLine(screen, 3);
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`], { stdio: 'ignore', env: { ...home(folder, downloads), DISPLAY: `:${display}` } });
  const end = () => { driver.kill(); screen.kill(); };
  process.once('exit', end);
  const url = `http://127.0.0.1:${port}`;
  await ready(url);
  const capabilities = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: BINARY, args: ['--automation'] } });
  const browser = await new Builder().usingServer(url).withCapabilities(capabilities).build();
  await browser.manage().window().setRect({ x: 0, y: 0, width: 480, height: 900 });
  return {
    version: (await browser.getCapabilities()).getBrowserVersion(),
    downloads,
    trouble: [],
    open: (address) => browser.get(address),
    reload: () => browser.navigate().refresh(),
    evaluate: (run, argument) => browser.executeScript(run, argument),
    element: (run, argument) => browser.executeScript(run, argument),
    click: (element) => element.click(),
    type: (text) => typing(browser.actions(), text).perform(),
    press: (key) => browser.actions().sendKeys(Key[key.toUpperCase()]).perform(),
    choose: (element, path) => element.sendKeys(path),
    async close() {
      await browser.quit().finally(end);
    },
  };
}
