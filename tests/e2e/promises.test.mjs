// Promises: made offline before midnight and kept after it, late a minute past noon, in two steps, asked about before a shop is put
// away, changed, refused where they are wrong, and handed over as a calendar.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST, SHOP, Stage, downloaded, dropProfile, host, newProfile, says, scene, seed, startVisit, text } from './harness.mjs';

const FIVE_IN_THE_AFTERNOON = '2026-11-22T17:00:00+08:00';
const toShop = async (stage) => {
  await stage.go('customers');
  await stage.page.locator('.listing a.row', { hasText: SHOP }).click();
  await stage.page.waitForSelector('.follow-promises');
};
const toForm = async (stage) => {
  await toShop(stage);
  await stage.page.locator('.follow-promises a', { hasText: '答应一件事' }).click();
  await stage.page.waitForSelector('#promise-text');
};
const pick = (page, words) => page.locator('.promise-pick', { hasText: words }).first().click();
const save = (page) => page.locator('.form-foot .btn-primary').click();
const promises = (page) => page.locator('.promise-row');

test('A promise made without a network at 23:50 is there after midnight and can be kept', async () => {
  const site = mkdtempSync(join(tmpdir(), 'shelfwise-site-'));
  cpSync(DIST, site, { recursive: true });
  const profile = newProfile();
  const server = await host({ dir: site });
  const stage = await Stage.open({ profile, server, at: '2026-11-22T23:50:00+08:00', allowed: [/ERR_CONNECTION_REFUSED/, /ERR_INTERNET_DISCONNECTED/] });
  const { page } = stage;
  try {
    await stage.go();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await seed(stage);
    await server.close();
    await toForm(stage);
    await page.fill('#promise-text', '送两箱样品');
    await pick(page, '明天中午');
    assert.equal(await page.inputValue('#promise-due'), '2026-11-23');
    assert.equal(await page.inputValue('#promise-due-time'), '12:00');
    await save(page);
    await says(promises(page), '送两箱样品');
    await stage.at('2026-11-23T00:05:00+08:00');
    await toShop(stage);
    await says(promises(page), '今天 12:00 前');
    await promises(page).locator('.btn', { hasText: '办到了' }).click();
    await says(promises(page), '11月23日 00:05 办到');
    await says(page.locator('.follow-promises .group-title'), '1 / 1 · 100%');
    await page.reload();
    await says(promises(page), '11月23日 00:05 办到');
    stage.assertClean();
  } finally {
    await stage.close();
    await server.close().catch(() => {});
    dropProfile(profile);
    rmSync(site, { recursive: true });
  }
});

scene('Tomorrow noon, said at five in the afternoon, is late a minute past noon, and says by how much', { at: FIVE_IN_THE_AFTERNOON }, async (stage, page) => {
  await seed(stage);
  await toForm(stage);
  await page.fill('#promise-text', '回话：冰柜什么时候到');
  await pick(page, '明天中午');
  await save(page);
  await stage.at('2026-11-23T12:00:00+08:00');
  await toShop(stage);
  assert.equal(await page.locator('.promise-row[data-late]').count(), 0, 'noon itself is not late');
  await stage.at('2026-11-23T12:01:00+08:00');
  await toShop(stage);
  await says(page.locator('.promise-row[data-late]'), '12:00');
  await stage.at('2026-11-25T08:00:00+08:00');
  await stage.go('promises');
  await says(page.locator('.promise-row[data-late]'), '逾期 2 天');
  await says(page.locator('.promise-row'), SHOP);
  await says(page.locator('.facts'), '逾期');
});

scene('Where the time is not known an answer comes first, and then the time', { at: FIVE_IN_THE_AFTERNOON }, async (stage, page) => {
  await seed(stage);
  await toForm(stage);
  await page.fill('#promise-text', '换一台新冰柜');
  await page.locator('.choice', { hasText: '没定，先给答复' }).click();
  await pick(page, '明天中午');
  assert.equal(await page.inputValue('#promise-answer'), '2026-11-23');
  await save(page);
  await says(promises(page), '答复 · 11月23日 12:00 前');
  await stage.at('2026-11-23T09:00:00+08:00');
  await toShop(stage);
  await promises(page).locator('.icon-button').click();
  await page.locator('dialog .btn', { hasText: '已经答复' }).click();
  await page.locator('dialog .promise-pick', { hasText: '一周后' }).click();
  await page.locator('dialog .btn-primary').click();
  await says(promises(page), '11月30日 18:00');
  await stage.go('promises');
  await says(page.locator('.facts'), '16 小时');
});

scene('What is wrong with a promise is said, kept as typed over a reload, and mended', { at: FIVE_IN_THE_AFTERNOON }, async (stage, page) => {
  await seed(stage);
  await toForm(stage);
  await save(page);
  await says(page.locator('#promise-text-hint'), '要填');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'promise-text');
  await says(page.locator('#promise-due-hint'), '答应的事要有时间');
  await page.fill('#promise-text', '👍👍');
  await page.fill('#promise-due', '2026-11-21');
  await page.fill('#promise-due-time', '09:00');
  await save(page);
  await says(page.locator('#promise-due-hint'), '这个时间已经过了');
  await page.waitForSelector('.form-kept .icon');
  await page.reload();
  await page.waitForSelector('#promise-text');
  assert.equal(await page.inputValue('#promise-text'), '👍👍');
  await pick(page, '一周后');
  await save(page);
  await says(promises(page), '👍👍');
});

scene('A shop with open promises is put away only after the question what becomes of them', { at: FIVE_IN_THE_AFTERNOON }, async (stage, page) => {
  await seed(stage);
  await toForm(stage);
  await page.fill('#promise-text', '送样品');
  await pick(page, '一周后');
  await save(page);
  await page.waitForSelector('.promise-row');
  const archive = async () => {
    await page.locator('.detail-head a[href$=edit]').click();
    await page.locator('.switch-row', { hasText: '已停用' }).locator('input').check();
    await save(page);
    await page.waitForSelector('dialog');
  };
  await archive();
  await says(page.locator('dialog'), '还有 1 件答应的事没办');
  await page.locator('dialog .btn', { hasText: '先不停用' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  assert.ok(page.url().endsWith('/edit'));
  await save(page);
  await page.locator('dialog .btn', { hasText: '不用办了' }).click();
  await says(promises(page), '撤回');
  await says(page.locator('.notice').first(), '停用');
});

scene('At the next visit the app says what was promised last time, and one tap keeps it', { at: FIVE_IN_THE_AFTERNOON }, async (stage, page) => {
  await seed(stage);
  await toForm(stage);
  await page.fill('#promise-text', '带新价目表');
  await pick(page, '明天中午');
  await save(page);
  await page.waitForSelector('.promise-row');
  await stage.at('2026-11-24T09:00:00+08:00');
  await startVisit(stage, SHOP, 'meet');
  await says(page.locator('.meet-promise'), '上次（11月22日）答应');
  await says(page.locator('.meet-promise'), '逾期 1 天');
  await page.locator('.meet-promise .btn', { hasText: '办到了' }).click();
  await page.locator('.meet-promise').waitFor({ state: 'detached' });
  await toShop(stage);
  await says(promises(page), '晚了');
});

scene('Open promises and the route of the week go to the calendar, and nothing typed breaks the file', { at: FIVE_IN_THE_AFTERNOON }, async (stage, page) => {
  await seed(stage);
  await toForm(stage);
  await page.fill('#promise-text', '送样品；a,b\\END:VCALENDAR，还有很长很长很长很长很长很长很长很长的话');
  await pick(page, '明天中午');
  await save(page);
  await page.waitForSelector('.promise-row');
  await stage.go('promises');
  await page.waitForSelector('.promise-row');
  const { name, bytes } = await downloaded(page, () => page.locator('.btn', { hasText: '放进手机日历' }).click());
  assert.equal(name, 'shelfwise.ics');
  const raw = bytes.toString('utf8');
  assert.ok(raw.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), raw);
  const lines = raw.replaceAll('\r\n ', '').split('\r\n');
  assert.equal(lines.filter((line) => line === 'END:VCALENDAR').length, 1);
  assert.ok(lines.includes('DTSTART:20261123T120000'), raw);
  assert.ok(lines.some((line) => line.startsWith('SUMMARY:') && line.includes('a\\,b\\\\END:VCALENDAR')), raw);
  assert.ok(lines.includes('DTSTART;VALUE=DATE:20261124') && lines.includes(`SUMMARY:拜访 ${SHOP}`), raw);
});
