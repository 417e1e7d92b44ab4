// The moves of a person on a page, written once on what every engine's driver offers: a function run in the page, an element by
// such a function, a click, keys, a file, a reload, a folder of downloads.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PATIENCE = 10_000;
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** In the page: the first element of the selector that is on screen and holds the text. */
const find = ({ selector, text }) => {
  const fits = (element) => element.checkVisibility() && (text === undefined || element.textContent.includes(text));
  return [...document.querySelectorAll(selector)].find(fits) ?? null;
};

/** In the page: whether a press in the middle of the element hits it; it is brought there, and must stand still for two frames. */
const isReached = async (element) => {
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = () => { const { x, y, width, height } = element.getBoundingClientRect(); return [x + width / 2, y + height / 2]; };
  const before = box();
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  const [x, y] = box();
  const hit = document.elementFromPoint(x, y);
  return String(before) === String([x, y]) && hit !== null && element.contains(hit);
};

/** Repeats `attempt` until it gives something; an attempt that throws (the page is just changing) is one that gave nothing. */
async function until(what, attempt) {
  let why = '';
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(30)) {
    try {
      const got = await attempt();
      if (got !== null && got !== undefined && got !== false) return got;
      why = '';
    } catch (error) {
      why = `: ${error.message}`;
    }
  }
  throw new Error(`waited in vain for ${what}${why}`);
}

export class Page {
  constructor(driver, url) {
    this.driver = driver;
    this.url = url;
  }

  /** Opens an address of the site and waits until it has come to rest. */
  async open(path = '') {
    await this.driver.open(this.url + path);
    await this.rest();
  }

  async reload() {
    await this.driver.reload();
    await this.rest();
  }

  /** Waits for the heading, and for the pages fetched ahead: Firefox calls it an error when they are broken off by leaving. */
  async rest() {
    await this.waitFor('h1');
    await this.until('the daily part', () => performance.getEntriesByType('resource').some(({ name }) => name.includes('/part-daily-')));
  }

  /** Runs a function with one argument in the page. */
  eval(run, argument) {
    return this.driver.evaluate(run, argument);
  }

  /** Waits until a function gives true in the page. */
  until(what, run, argument) {
    return until(what, () => this.eval(run, argument));
  }

  /** Waits for an element on screen, with a text in it where one is given. */
  waitFor(selector, text) {
    return until([selector, text].filter(Boolean).join(' with '), () => this.driver.element(find, { selector, text }));
  }

  waitUntilGone(selector) {
    return this.until(`no ${selector}`, (gone) => !document.querySelector(gone), selector);
  }

  /** The text of an element, blanks as one space. */
  async text(selector) {
    await this.waitFor(selector);
    return (await this.eval((of) => document.querySelector(of).innerText, selector)).replace(/\s+/g, ' ').trim();
  }

  click(selector, { text } = {}) {
    return until(`a click on ${selector}`, async () => {
      const found = await this.driver.element(find, { selector, text });
      if (!found || !await this.driver.evaluate(isReached, found)) return false;
      await this.driver.click(found);
      return true;
    });
  }

  /** Types, key by key, over what is in a field. */
  async fill(selector, text) {
    await this.click(selector);
    await this.eval((field) => document.querySelector(field).select(), selector);
    await this.type(text);
    assert.equal(await this.eval((field) => document.querySelector(field).value, selector), text);
  }

  /** Types into whatever has the focus. */
  type(text) {
    return this.driver.type(text);
  }

  press(key) {
    return this.driver.press(key);
  }

  /** Waits until the focus is in an element of the selector. */
  focused(selector) {
    return this.until(`the focus in ${selector}`, (at) => document.activeElement.matches(at), selector);
  }

  async choose(selector, path) {
    const input = await until(selector, () => this.driver.element((at) => document.querySelector(at), selector));
    await this.driver.choose(input, path);
  }

  /** What a press downloads: its name and its bytes. */
  async download(press) {
    const folder = this.driver.downloads;
    const before = readdirSync(folder);
    await press();
    return until('a download', () => {
      const [name, ...others] = readdirSync(folder).filter((entry) => !before.includes(entry));
      if (!name || others.length || /\.(part|wkdownload|crdownload)$/.test(name)) return null;
      const bytes = readFileSync(join(folder, name));
      return bytes.length ? { name, bytes } : null;
    });
  }

  /** Where the page is and what stands on it, for a report. */
  looks() {
    return this.eval(() => `${location.pathname}: ${document.body.innerText.replace(/\s+/g, ' ').slice(0, 400)}`);
  }

  /** What went wrong since the last question: what the watch heard, and the engine's own log. */
  async trouble() {
    const watched = await this.eval(() => {
      const kept = JSON.parse(sessionStorage.getItem('watched') ?? '[]');
      sessionStorage.removeItem('watched');
      return kept;
    });
    return [...watched, ...this.driver.trouble.splice(0)];
  }
}
