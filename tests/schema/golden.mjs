// Backup files made of the golden records, for the tests of the schema.
import { readFileSync, readdirSync } from 'node:fs';
import { KINDS, sha256 } from './backup.mjs';

const FOLDER = new URL('../golden/', import.meta.url);

/** The newest golden record of each shape. */
export const golden = {};
const versions = {};
for (const name of readdirSync(FOLDER)) {
  const [, shape, version] = name.match(/^(.+)\.v(\d+)\.json$/);
  if (Number(version) < (versions[shape] ?? 0)) continue;
  versions[shape] = Number(version);
  golden[shape] = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
}

/** Which array of `data` a shape is in, and under which key a draft is kept. */
export const ARRAYS = {
  customer: 'customers', product: 'products', summary: 'summaries', settings: 'settings', visit: 'visits', order: 'orders',
  delivery: 'deliveries', dispatch: 'dispatches',
};
export const KEYS = {
  'visit-draft': `visit:${golden['visit-draft'].id}`, 'customer-draft': 'customer:new', 'product-draft': `product:${golden.product.id}`,
};
export const SHAPES = [...Object.keys(ARRAYS), ...Object.keys(KEYS)];

/** A file of these arrays, its counts and hash made to fit. */
export function backup(arrays = {}) {
  const data = Object.fromEntries(KINDS.map((kind) => [kind, arrays[kind] ?? []]));
  return {
    format: 'shelfwise-backup',
    version: 1,
    app_version: '0.1.0',
    device: '00000000deadbeef',
    exported_at: '2026-11-22T21:40:00+08:00',
    scope: 'everything',
    counts: Object.fromEntries(KINDS.map((kind) => [kind, data[kind].length])),
    sha256: sha256(data),
    data,
  };
}

/** The file as text. */
export function written(file) {
  return `{${Object.entries(file).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',\n')}}\n`;
}

/** A file that holds one record of this shape, with the shop and the product it may name. */
export function fileOf(shape, record) {
  const entry = ARRAYS[shape] ? { [ARRAYS[shape]]: [record] } : { drafts: [{ key: KEYS[shape], draft: record }] };
  return backup({ customers: [golden.customer], products: [golden.product], ...entry });
}

/** Where `fileOf` puts the record. */
export const placeOf = (shape) => (ARRAYS[shape] ? `data.${ARRAYS[shape]}[0]` : 'data.drafts[0].draft');
