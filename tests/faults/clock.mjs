// The phone's clock jumps in the middle of a visit: a day, years, summer time, another time zone. The visit keeps the business day it
// was begun on, what is saved later counts as later, and nothing is lost.
import assert from 'node:assert/strict';
import { PRODUCT, Device, assertNothing, beginNext, host, onDisk, shopName, told, toFinish, type } from './world.mjs';
import { importList } from '../e2e/harness.mjs';

const DAY = 86_400_000;
/** Where and when a visit is begun, and where and when it goes on. */
const JUMPS = [
  ['a day on', 'Asia/Shanghai', '2026-11-17T06:00:00Z', DAY],
  ['a day back', 'Asia/Shanghai', '2026-11-17T06:00:00Z', -DAY],
  ['two years on', 'Asia/Shanghai', '2026-11-17T06:00:00Z', 730 * DAY],
  ['two years back', 'Asia/Shanghai', '2026-11-17T06:00:00Z', -730 * DAY],
  ['ten years on', 'Asia/Shanghai', '2026-11-17T06:00:00Z', 3652 * DAY],
  ['to 1970', 'Asia/Shanghai', '2026-11-17T06:00:00Z', -Date.parse('2026-11-17T06:00:00Z') + 1000],
  ['past midnight', 'Asia/Shanghai', '2026-11-17T15:59:30Z', 90_000],
  ['back over midnight', 'Asia/Shanghai', '2026-11-17T16:00:30Z', -90_000],
  ['summer time begins', 'America/New_York', '2026-03-08T06:59:30Z', 60_000],
  ['summer time ends', 'America/New_York', '2026-11-01T05:59:30Z', 60_000],
  ['half an hour of summer time', 'Australia/Lord_Howe', '2026-04-04T14:59:30Z', 60_000],
  ['summer time at midnight', 'America/Havana', '2026-03-08T04:59:30Z', 60_000],
  ['to Los Angeles', 'Asia/Shanghai', '2026-11-17T06:00:00Z', 60_000, 'America/Los_Angeles'],
  ['to Kiritimati', 'Pacific/Honolulu', '2026-11-17T20:00:00Z', 60_000, 'Pacific/Kiritimati'],
  ['to Kathmandu', 'Asia/Shanghai', '2026-11-17T18:00:00Z', 60_000, 'Asia/Kathmandu'],
];
const MOMENTS = ['typing', 'finish', 'reload', 'pocket'];

const localDay = (moment, zone) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);
/** A stamp as it is compared: milliseconds, then the counter. */
const sequence = (stamp) => stamp.split('.').slice(0, 2).map(Number);
const isLater = ([one, first], [other, second]) => one > other || (one === other && first > second);

async function play({ random, times, after }) {
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { timezoneId: undefined });
  after(() => device.drop());
  const stage = await device.open();
  const { page } = device;
  const session = await stage.context.newCDPSession(page);
  const cases = [];
  for (let time = 0; time < times; time += 1) for (const jump of JUMPS) for (const moment of MOMENTS) cases.push([...jump.slice(0, 4), jump[4] ?? jump[1], moment]);
  const move = async (moment, zone) => {
    await stage.at(moment);
    await session.send('Emulation.setTimezoneOverride', { timezoneId: '' });
    await session.send('Emulation.setTimezoneOverride', { timezoneId: zone });
  };
  await move('2026-11-17T06:00:00Z', 'Asia/Shanghai');
  await importList(stage, `店名,编号\n${cases.map((_, at) => `${shopName(at)},C${at}`).join('\n')}\n`);
  await importList(stage, `品名,编号,单位,每件数量,单价\n${PRODUCT},P1,杯,12,4.5\n`);
  const shops = new Map((await onDisk(page)).customers.map((row) => [row.body.fields.name, row.id]));
  const wrong = [];
  let last = null;
  for (const [at, [name, zone, begun, jump, later, moment]] of cases.entries()) {
    const what = `${name}, ${moment}`;
    const start = Date.parse(begun) + random.int(0, 20) * 1000;
    await move(start, zone);
    const id = shops.get(shopName(at));
    await page.goto(`${stage.url}customers/${id}`);
    await beginNext(page);
    if (moment === 'typing') await move(start + jump, later);
    await type(page, 1 + at % 9);
    await page.locator('.visit-status[data-kept=OnDisk]').waitFor();
    if (moment !== 'typing') await move(start + jump, later);
    if (moment === 'reload') {
      await page.reload();
      await page.waitForSelector('.visit');
    }
    if (moment === 'pocket') await page.evaluate(() => window.dispatchEvent(new Event('shelfwise-show')));
    // The page itself has the other time, or the rest proves nothing.
    assert.equal(await page.evaluate(() => new Date().toLocaleString('sv-SE')), new Date(start + jump).toLocaleString('sv-SE', { timeZone: later }), what);
    await toFinish(page);
    await page.locator('#visit-finish').click();
    await told(page).catch(async () => { throw new Error(`${what}: not saved: ${(await page.locator('[role=alert], .banner').allInnerTexts()).join(' ').trim()}`); });
    const disk = await onDisk(page);
    const made = disk.visits.map((row) => row.body).filter((visit) => visit.customer === id);
    if (made.length !== 1) { wrong.push(`${what}: ${made.length} visits`); continue; }
    const [visit] = made;
    const day = localDay(start, zone);
    if (visit.on !== day) wrong.push(`${what}: begun on ${day}, counted for ${visit.on}`);
    if (visit.lines[0]?.count.front !== 1 + at % 9) wrong.push(`${what}: ${JSON.stringify(visit.lines)}`);
    if (visit.spent > 86_400) wrong.push(`${what}: lasted ${visit.spent} s`);
    const stamp = sequence(visit.envelope.stamp);
    if (last && !isLater(stamp, last)) wrong.push(`${what}: saved later, stamped ${stamp} after ${last}`);
    last = stamp;
    if (disk.visits.length !== at + 1) wrong.push(`${what}: ${disk.visits.length} visits in all, not ${at + 1}`);
    await stage.go(`customers/${id}`);
    if (await page.locator('.timeline-row').count() !== 1) wrong.push(`${what}: the shop's page does not show its visit`);
  }
  assertNothing(wrong);
  stage.assertClean();
  return `${cases.length} jumps: the day of the visit kept, later stays later, 0 lost`;
}

export const lines = [{ name: 'clock', play }];
