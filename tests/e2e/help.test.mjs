// Help texts: fetched when opened, in both languages, and there without a network once the app has been installed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { says, scene, text } from './harness.mjs';

const sections = (language) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../public/help/${language}.json`, import.meta.url)), 'utf8'));

for (const [language, locale] of [['zh', 'zh-CN'], ['en', 'en-GB']]) {
  scene(`Every topic opens with its whole text (${language})`, { locale }, async (stage, page) => {
    const all = sections(language);
    await stage.go('help');
    assert.equal(await page.locator('.help-topics a').count(), all.length);
    for (const section of all) {
      await page.locator('.help-topics a', { hasText: section.title }).first().click();
      await says(page.locator('h1'), section.title);
      await page.waitForSelector('.help p:not(.list-note), .help-list, .help-card');
      const shown = await text(page.locator('.help'));
      for (const part of section.body) {
        const wanted = part.text ?? part.list?.at(-1) ?? part.card.what;
        assert.ok(shown.includes(wanted.replace(/\s+/g, ' ').trim()), `${section.id}: ${wanted}`);
      }
      await page.locator('.page-head-sub a').first().click();
      await page.waitForSelector('.help-topics');
    }
  });
}

scene('No help is fetched before it is opened', {}, async (stage, page) => {
  const fetched = [];
  page.on('request', (request) => request.url().includes('/help/') && request.url().endsWith('.json') && fetched.push(request.url()));
  await stage.go('more');
  await page.locator('a', { hasText: '帮助' }).click();
  await page.waitForSelector('.help-topics');
  assert.deepEqual(fetched, []);
  await page.locator('.help-topics a').first().click();
  await page.waitForSelector('.help p:not(.list-note), .help-list');
  assert.ok(fetched.length >= 1);
});

scene('Without a network help is there all the same, and a topic nobody knows is no page', { allowed: [/ERR_INTERNET_DISCONNECTED/] }, async (stage, page) => {
  await stage.go();
  await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.active.state));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await stage.context.setOffline(true);
  await stage.go('help/strategies');
  await page.waitForSelector('.help-card');
  assert.equal(await page.locator('.help-card').count(), 7);
  await page.goto(`${stage.url}help/nothing`);
  await page.waitForSelector('h1');
  assert.equal(await page.locator('.help-card').count(), 0);
});
