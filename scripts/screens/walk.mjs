// One walk: a browser profile of its own, the screens of a data set one after the other, each shown to the camera.
import { chromium } from 'playwright-core';
import { LAUNCH, dropProfile, newProfile, tellTheTime } from '../../tests/e2e/browser.mjs';
import { DEMO } from './demo.mjs';
import { Missing } from './moves.mjs';
import { WORST } from './worst.mjs';

const SCREENS = { demo: DEMO, worst: WORST };
const TAGS = { zh: 'zh-CN', en: 'en' };
const DAY = '2026-11-24';
/** Longer than any step takes where nothing is wrong. */
const PATIENCE = 8000;

/** A caret that blinks would make two pictures of one screen. In the page. */
function hideCaret() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { caret-color: transparent !important }');
  document.adoptedStyleSheets = [sheet];
}

/** Takes the screens in all `shots`, which differ only in size and looks; what could not be reached is said. False: the browser died. */
export async function walk(shots, { site, env, camera, say }) {
  const [{ data, frame, language, width, height, looks }] = shots;
  // The browser's own text size, as a person sets it: the root element is then 32 px and so is the rem of media queries.
  const profile = newProfile(frame === 'big' ? { webkit: { webprefs: { default_font_size: 32 } } } : undefined);
  const context = await chromium.launchPersistentContext(profile, {
    ...LAUNCH, env, viewport: { width, height }, colorScheme: looks, reducedMotion: 'reduce', locale: TAGS[language], timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(tellTheTime);
  await context.addInitScript(hideCaret);
  await context.addInitScript((tag) => localStorage.setItem('shelfwise.language', JSON.stringify(tag)), TAGS[language]);
  const page = context.pages()[0];
  const at = (time) => context.clock.setFixedTime(new Date(`${DAY}T${time}:00+08:00`));
  const go = async (path = '') => {
    await page.goto(site.url + path, { waitUntil: 'commit' });
    await page.waitForSelector('h1');
    await page.waitForFunction(() => !document.querySelector('.opening'));
  };
  await at('14:02');
  const here = { page, context, language, frame, go, at, url: site.url };
  const list = SCREENS[data];
  const missing = new Set();
  try {
    for (const [index, screen] of list.entries()) {
      const name = `${data === 'worst' ? 'w' : ''}${String(index + 1).padStart(2, '0')}-${screen.name}`;
      if (screen.only && !screen.only.includes(frame)) continue;
      if (missing.has(screen.part)) continue;
      try {
        await screen.go(here);
        await camera.take(page, shots, name, screen);
      } catch (error) {
        if (page.isClosed()) return false;
        if (error instanceof Missing) missing.add(screen.part);
        say(error instanceof Missing ? `not in this build: ${screen.part}` : `not reached: ${shots[0].name}/${name}: ${error.message.split('\n')[0]}`);
      }
    }
    return true;
  } finally {
    await context.close().catch(() => {});
    dropProfile(profile);
  }
}
