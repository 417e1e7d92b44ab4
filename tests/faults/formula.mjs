// The files that the app exports, full of hostile texts, opened in LibreOffice: no cell is a formula. The same texts without the app's
// guard have to be, or this would prove nothing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { NEXT_WEEK, downloaded } from '../e2e/harness.mjs';
import { Device, Skipped, host } from './world.mjs';
import { PAYLOADS, restoreHostile } from './hostile.mjs';

const office = () => ['soffice', 'libreoffice'].find((name) => !spawnSync(name, ['--version']).error);

/** The files of a zip. */
function unzip(zip) {
  const files = [];
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && zip.readUInt32LE(at) === 0x02014b50;) {
    const [method, packed, name, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + packed);
    files.push([zip.toString('utf8', at + 46, at + 46 + name), method ? inflateRawSync(bytes) : bytes]);
    at += 46 + name + extra + comment;
  }
  return files;
}

/** How many cells and how many formulas LibreOffice makes of each CSV file. */
function opened(program, folder, files) {
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  const run = spawnSync(program, [`-env:UserInstallation=file://${folder}/office`, '--headless', '--infilter=CSV:44,34,76,1', '--convert-to', 'fods', '--outdir', folder, ...files.map(([name]) => join(folder, name))], { encoding: 'utf8', timeout: 180_000 });
  return files.map(([name]) => {
    const path = join(folder, name.replace(/\.csv$/, '.fods'));
    let sheet;
    try { sheet = readFileSync(path, 'utf8'); } catch { throw new Error(`LibreOffice did not open ${name}: ${run.stdout}${run.stderr}`); }
    return { name, cells: sheet.match(/<text:p>/g)?.length ?? 0, formulas: sheet.match(/table:formula="[^"]*"/g) ?? [] };
  });
}

async function play({ after }) {
  const program = office();
  if (!program) throw new Skipped('LibreOffice is missing');
  const folder = mkdtempSync(join(tmpdir(), 'shelfwise-sheets-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const [control] = opened(program, folder, [['control.csv', `${PAYLOADS.map(cell).join('\n')}\n`]]);
  assert.ok(control.formulas.length >= 5, `without the guard LibreOffice makes only ${control.formulas.length} formulas of the payloads`);
  const server = await host();
  after(() => server.close());
  const device = new Device(server);
  after(() => device.drop());
  const stage = await device.open();
  const { page } = stage;
  await restoreHostile(stage);
  await stage.at(NEXT_WEEK);
  const files = [];
  for (const list of ['客户', '商品']) {
    await stage.go('import');
    files.push([`${list}.csv`, (await downloaded(page, () => page.locator('.actions .btn', { hasText: list }).click())).bytes]);
  }
  await stage.go('orders/2026-11-24');
  files.push(['orders.csv', (await downloaded(page, () => page.getByRole('button', { name: '存成 CSV' }).click())).bytes]);
  await stage.go('data');
  const zip = (await downloaded(page, () => page.locator('#tables-now').click())).bytes;
  const tables = unzip(zip).filter(([name]) => name.endsWith('.csv'));
  assert.ok(tables.length > 3, 'the tables are in the zip');
  tables.forEach(([name, bytes], at) => files.push([`${at}-${name.replace(/[^\w.-]/g, '')}`, bytes]));
  await device.close();
  const sheets = opened(program, folder, files);
  const bad = sheets.filter(({ formulas }) => formulas.length).map(({ name, formulas }) => `${name}: ${formulas.slice(0, 3).join(', ')}`);
  assert.deepEqual(bad, []);
  const cells = sheets.reduce((sum, sheet) => sum + sheet.cells, 0);
  assert.ok(cells > PAYLOADS.length * 10, `${cells} cells`);
  return `${sheets.length} files, ${cells} cells, 0 formulas (without the guard ${control.formulas.length} of ${PAYLOADS.length})`;
}

export const lines = [{ name: 'formula', play }];
