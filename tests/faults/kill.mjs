// The whole browser is killed at a random moment of a save. What was said to be saved is there, nothing is there in part or twice.
import assert from 'node:assert/strict';
import { Device, ENGINES, assertNothing, host, judge, onDisk, pause, saveNext, showsVisit, stock } from './world.mjs';

const KILLS = 15;

async function play({ random, times, after }, engine) {
  const kills = KILLS * times;
  const server = await host();
  after(() => server.close());
  const device = new Device(server, { engine });
  after(() => device.drop());
  let stage = await device.open();
  await stock(stage, kills * 13);
  const acknowledged = [];
  let [untold, cut] = [0, 0];
  for (let kill = 0; kill < kills; kill += 1) {
    await stage.go();
    for (let left = random.int(8, 11); left > 0; left -= 1) acknowledged.push(await saveNext(device.page, random.int(1, 9)));
    if (kill === 0) assert.equal(device.engineSeen(), engine, 'the browser keeps the database in the engine that was asked for');
    stage.assertClean();
    const last = {};
    // A third of the kills come while typing, the others around the finish.
    const until = random.int(0, 2) ? random.int(250, 750) : random.int(0, 300);
    const saving = saveNext(device.page, random.int(1, 9), last).catch(() => {});
    await pause(until);
    await device.kill();
    await saving;
    if (last.isTold) acknowledged.push(last);
    stage = await device.open();
    await stage.go();
    const disk = await onDisk(device.page);
    assertNothing(judge(disk, acknowledged));
    const isThere = disk.visits.length - kills * 13 > acknowledged.length - untold;
    if (!last.isTold) cut += 1;
    if (isThere && !last.isTold) untold += 1;
    await showsVisit(stage, random.pick(acknowledged).shop);
    stage.assertClean();
  }
  const floor = Math.floor((250 / 30) * kills);
  assert.ok(acknowledged.length >= floor, `only ${acknowledged.length} saves were acknowledged, ${floor} are wanted`);
  return `${kills} kills, ${acknowledged.length} acknowledged saves, ${cut} cut off before a word: 0 lost, 0 partial, 0 doubled`;
}

export const lines = Object.keys(ENGINES).map((engine) => ({ name: `kill-${engine}`, play: (world) => play(world, engine) }));
