// The schema of the backup file against the golden records and the code: what the app writes fits, and hardly anything else does.
// A schema that lets everything through would pass every export.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { KINDS, problems, schema } from './backup.mjs';
import { ARRAYS, KEYS, SHAPES, backup, fileOf, golden, placeOf, written } from './golden.mjs';
import { RIGHT, WRONG } from './values.mjs';

/** The schema itself says no at this place; a count, a hash or a reference that is wrong as well does not count. */
const objects = (file, place) => problems(file).some((line) => line.startsWith(place) && / must |schema is false/.test(line));
const refused = (shape, record, why) => assert.ok(objects(fileOf(shape, record), placeOf(shape)), `${shape} passed: ${why}`);
const taken = (shape, record, why) => assert.deepEqual(problems(fileOf(shape, record)), [], `${shape}: ${why}`);

/** A copy of a record with one place of it changed by `change(part, step)`. */
function changed(record, steps, change) {
  const copy = structuredClone(record);
  change(steps.slice(0, -1).reduce((part, step) => part[step], copy), steps.at(-1));
  return copy;
}
const put = (record, steps, value) => changed(record, steps, (part, step) => { part[step] = value; });
const without = (record, steps) => changed(record, steps, (part, step) => { delete part[step]; });

/** Every place in a record, its own included: the steps that lead there and what stands there. */
function* places(value, steps = []) {
  yield [steps, value];
  if (value && typeof value === 'object') for (const [step, part] of Object.entries(value)) yield* places(part, [...steps, step]);
}

/** Shapes that leave out what is 0 or was not said, and the field that is always there. */
const LEAN = { lineTerms: ['factor'], lineNote: ['product'] };
const mayBeMissing = (shape, where) => shape === 'visit' && /^(lines\.0\.terms|notes\.0)\.(?!factor$|product$)\w+$/.test(where);
/** Figures that may be below 0. */
const SIGNED = ['fresh_days'];

/** What cannot stand where `value` does. */
function others(value) {
  if (Array.isArray(value)) return [{}, '', 0, null, [null], [{}], [0]];
  if (value && typeof value === 'object') return [[], '', 1, true];
  const scalars = { string: [1, true, {}, []], number: [String(value), 0.5, -1, 2 ** 60, true, {}], boolean: [0, 'true', null] };
  return scalars[typeof value] ?? [0, true, {}];
}

/** Each value of a table by shape and place, set into the golden record. */
function* filled(table) {
  for (const [shape, rows] of Object.entries(table)) {
    for (const [place, values] of Object.entries(rows)) {
      for (const value of values) yield [shape, put(golden[shape], place.split('.'), value), `${place} ${JSON.stringify(value)}`];
    }
  }
}

test('the newest golden record of every shape fits', () => {
  assert.deepEqual([...SHAPES].sort(), Object.keys(golden).sort());
  for (const shape of SHAPES) taken(shape, golden[shape], 'as written');
});

test('a file with one of each fits, written out as well; so does an empty one', () => {
  const arrays = Object.fromEntries(Object.entries(ARRAYS).map(([shape, kind]) => [kind, [golden[shape]]]));
  const drafts = Object.entries(KEYS).map(([shape, key]) => ({ key, draft: golden[shape] }));
  arrays.drafts = drafts.sort((one, other) => (one.key < other.key ? -1 : 1));
  arrays.unreadable = [{ kind: 'orders', id: golden.order.id, text: '{"v":2,"id"' }];
  for (const file of [backup(arrays), backup(), { ...backup(), scope: 'customer' }]) {
    for (const form of [file, written(file), Buffer.from(written(file))]) assert.deepEqual(problems(form), []);
  }
});

for (const shape of SHAPES) {
  test(`${shape}: a field less, a field more, another type or another version is refused, at any depth`, () => {
    const record = golden[shape];
    for (const [steps, value] of places(record)) {
      const where = steps.join('.');
      const isField = steps.length > 0 && Number.isNaN(Number(steps.at(-1)));
      // A line of a draft may be missing: its key is a product.
      if (isField && steps.at(-2) !== 'lines') (mayBeMissing(shape, where) ? taken : refused)(shape, without(record, steps), `without ${where}`);
      const wrong = others(value).filter((other) => !(other === -1 && SIGNED.includes(steps.at(-1))));
      if (steps.length) for (const other of wrong) refused(shape, put(record, steps, other), `${where} ${JSON.stringify(other)}`);
      const isObject = value && typeof value === 'object' && !Array.isArray(value);
      if (isObject) refused(shape, put(record, [...steps, 'extra'], 1), `more in ${where}`);
    }
    for (const v of [0, 1, 2, 3, 4, String(record.v)].filter((v) => v !== record.v)) refused(shape, { ...record, v }, `version ${v}`);
  });
}

test('ids, stamps, dates, decimals and sets take nothing else', () => {
  for (const [shape, record, why] of filled(WRONG)) refused(shape, record, why);
});

test('the less usual values of a field fit', () => {
  for (const [shape, record, why] of filled(RIGHT)) taken(shape, record, why);
});

test('the header takes nothing else', () => {
  const wrong = {
    format: ['shelfwise', null],
    version: [0, 2, '1'],
    app_version: ['', 'one', 1],
    device: ['deadbeef', '00000000DEADBEEF', 1],
    exported_at: ['2026-11-22T21:40:00', '2026-11-22T21:40:00Z', '2026-11-22', '2026-11-22T21:40:00.5+08:00', 0],
    scope: ['all', null],
    sha256: ['', 'A'.repeat(64), '0'.repeat(63), null],
    counts: [null, {}],
    data: [null, [], {}],
  };
  for (const [key, values] of Object.entries(wrong)) {
    for (const value of values) assert.ok(objects(put(backup(), [key], value), key), `${key} ${JSON.stringify(value)}`);
    assert.ok(objects(without(backup(), [key]), 'file'), `without ${key}`);
  }
  assert.ok(objects({ ...backup(), extra: 1 }, 'file'));
  for (const part of ['counts', 'data']) {
    assert.ok(objects(put(backup(), [part, 'extra'], backup()[part].visits), part), `more in ${part}`);
    for (const kind of KINDS) {
      assert.ok(objects(without(backup(), [part, kind]), part), `${part} without ${kind}`);
      for (const value of [-1, 0.5, 2 ** 32, '0', null, [null], [{}]]) {
        assert.ok(objects(put(backup(), [part, kind], value), `${part}.${kind}`), `${part}.${kind} ${JSON.stringify(value)}`);
      }
    }
  }
  assert.ok(objects(put(backup(), ['counts', 'settings'], 2), 'counts.settings'));
  assert.ok(objects(backup({ settings: [golden.settings, golden.settings] }), 'data.settings'));
  for (const nothing of [null, 1, [], 'x', '', Buffer.from('{')]) assert.ok(problems(nothing).length);
});

test('a draft is of the shape its key says', () => {
  const file = (key, draft) => backup({ drafts: [{ key, draft }] });
  assert.deepEqual(problems(file(`customer:${golden.customer.id}`, golden['customer-draft'])), []);
  assert.deepEqual(problems(file('product:new', golden['product-draft'])), []);
  for (const [key, draft] of [
    ['customer:new', golden['product-draft']], ['product:new', golden['customer-draft']], [KEYS['visit-draft'], golden['customer-draft']],
    ['visit:new', golden['visit-draft']], [`order:${golden.order.id}`, golden['visit-draft']], ['', golden['visit-draft']],
    ['customer:x', golden['customer-draft']], ['customer:new', null], ['customer:new', '{}'], [1, golden['customer-draft']],
  ]) assert.ok(objects(file(key, draft), 'data.drafts[0]'), `${key} with ${JSON.stringify(draft)}`);
  const whole = { key: 'customer:new', draft: golden['customer-draft'] };
  for (const entry of [{ ...whole, extra: 1 }, { key: whole.key }, { draft: whole.draft }]) {
    assert.ok(objects(backup({ drafts: [entry] }), 'data.drafts[0]'), JSON.stringify(entry));
  }
});

test('an unreadable record is its kind, its id and its text', () => {
  const whole = { kind: 'visits', id: golden.visit.id, text: '' };
  for (const kind of KINDS.slice(0, -1)) assert.deepEqual(problems(backup({ unreadable: [{ ...whole, kind }] })), []);
  for (const entry of [
    { ...whole, kind: 'visit' }, { ...whole, kind: 'unreadable' }, { ...whole, id: 7 }, { ...whole, text: null }, { ...whole, extra: 1 },
    { kind: 'visits', id: 'x' }, { kind: 'visits', text: '' }, { id: 'x', text: '' },
  ]) assert.ok(objects(backup({ unreadable: [entry] }), 'data.unreadable[0]'), JSON.stringify(entry));
});

test('what no schema sees is seen: counts, order, hash, references, layout', () => {
  const says = (file, ...expected) => {
    const found = problems(file);
    assert.equal(found.length, expected.length, found.join('\n'));
    expected.forEach((part, at) => assert.ok(found[at].includes(part), found[at]));
  };
  const called = (record, id) => ({ ...record, id });
  const both = { customers: [golden.customer], products: [golden.product] };
  const file = backup({ ...both, visits: [golden.visit] });
  says(put(file, ['counts', 'visits'], 2), 'counts.visits: says 2, there are 1');
  says({ ...file, sha256: '0'.repeat(64) }, 'sha256: says 0000');
  says(backup({ ...both, customers: [golden.customer, golden.customer] }), 'data.customers[1]');
  says(backup({ ...both, orders: [called(golden.order, golden.visit.id), called(golden.order, golden.customer.id)] }), 'data.orders[1]');
  const [shop, product] = [golden['customer-draft'], golden['product-draft']];
  says(backup({ drafts: [{ key: 'product:new', draft: product }, { key: 'customer:new', draft: shop }] }), 'data.drafts[1]: customer:new');
  says(backup({ drafts: [{ key: `visit:${golden.order.id}`, draft: golden['visit-draft'] }] }), 'holds the visit');

  for (const shape of ['visit', 'order', 'delivery', 'dispatch']) {
    const events = { [ARRAYS[shape]]: [golden[shape]] };
    says(backup({ ...both, ...events, customers: [] }), `data.${ARRAYS[shape]}[0].customer`);
    for (const named of shape === 'visit' ? ['notes', 'work'] : []) {
      const alone = { ...golden.visit, lines: [], notes: [], work: [], [named]: [golden.visit[named][0]] };
      says(backup({ customers: [golden.customer], visits: [alone] }), `data.visits[0].${named}[0].product`);
    }
    const bare = shape === 'visit' ? { visits: [{ ...golden.visit, notes: [], work: [] }] } : events;
    if (golden[shape].lines) says(backup({ ...both, ...bare, products: [] }), `data.${ARRAYS[shape]}[0].lines[0].product`);
    const lost = [{ kind: 'customers', id: golden.customer.id, text: '{' }, { kind: 'products', id: golden.product.id, text: '' }];
    says(backup({ ...events, unreadable: lost }));
  }

  const lost = { kind: 'orders', id: golden.order.id, text: '' };
  says(backup({ unreadable: [lost, { ...lost, kind: 'dispatches' }] }));
  says(backup({ unreadable: [lost, lost] }), 'is there twice');
  says(backup({ unreadable: [{ ...lost, id: 'b' }, { ...lost, id: 'a' }] }), 'data.unreadable[1]');

  says(written(file).replace('"visits":[', '"visits": ['), 'one line for each key');
  says(JSON.stringify(file), 'one line for each key');
  const { format, ...rest } = file;
  says(written({ ...rest, format }), 'file: keys are version');
});

const SOURCES = new URL('../../src/domain/', import.meta.url);
const FILES = readdirSync(SOURCES).filter((name) => name.endsWith('.rs'));
const CODE = FILES.map((name) => readFileSync(new URL(name, SOURCES), 'utf8')).join('\n');

/** The variants of an enum of the domain as serde writes them: `owner_away` of `OwnerAway`. */
function variants(name) {
  const [, attributes, body] = CODE.match(new RegExp(`((?:#\\[.*\\]\\n)+)pub enum ${name} \\{\\n([\\s\\S]*?)\\n\\}`));
  assert.match(attributes, /Serialize/, name);
  const names = [...body.matchAll(/^ {4}([A-Z]\w*)/gm)].map(([, variant]) => variant);
  const snake = (variant) => variant.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase();
  return attributes.includes('rename_all = "snake_case"') ? names.map(snake) : names;
}

test('the closed sets are those of the code', () => {
  const defs = schema.$defs;
  const sets = {
    CustomerClass: 'class', Outcome: 'outcome', ShelfTask: 'shelfTask', Channel: 'channel', Reason: 'reason', Deal: 'deal', How: 'how',
    Step: 'step', Months: 'months', Topic: 'topic', Method: 'method', Packing: 'packing', Reply: 'reply', Kind: 'shelfWorkKind',
  };
  for (const [name, def] of Object.entries(sets)) assert.deepEqual(defs[def].enum, variants(name), name);
  assert.deepEqual(Object.keys(defs.productFields.properties.shelf_life.properties), variants('ShelfLife'));
  const [plain, tagged] = defs.delivery.properties.came.anyOf;
  assert.deepEqual([...plain.enum, ...Object.keys(tagged.properties)].sort(), variants('Came').sort());
});

test('the limits are those of the code', () => {
  const limit = (name) => Number(CODE.match(new RegExp(`const ${name}: \\w+ = (?:Units\\()?([0-9_]+)`))[1].replaceAll('_', ''));
  const { name, text8, text40, text80, text200, units, packSize, customerFields, settings, productFields } = schema.$defs;
  const life = productFields.properties.shelf_life.properties;
  assert.deepEqual(
    [name, text80, text40, text200, text8, settings.properties.currency].map((def) => def.maxLength),
    ['NAME_MAX', 'NAME_MAX', 'SHORT_MAX', 'LONG_MAX', 'PACK_NAME_MAX', 'CURRENCY_MAX'].map(limit),
  );
  assert.deepEqual(
    [customerFields.properties.lead_days, life.days, life.months].map((def) => def.maximum),
    ['LEAD_MAX', 'MAX_DAYS', 'MAX_MONTHS'].map(limit),
  );
  assert.deepEqual([schema.$defs.days, schema.$defs.someDays].map((def) => def.maximum), [limit('DAYS_MAX'), limit('DAYS_MAX')]);
  assert.deepEqual([schema.$defs.window.maximum, schema.$defs.visitLine.properties.lots.maxItems], [limit('WINDOW_MAX'), limit('LOTS_MAX')]);
  const maxima = [...CODE.matchAll(/pub const MAX: \w+ = (?:Units\()?([0-9_]+)/g)].map(([, digits]) => Number(digits.replaceAll('_', '')));
  assert.deepEqual(maxima, [units.maximum, packSize.maximum]);
});

test('each field of a record is in the schema, required, in the order it is written', () => {
  for (const shape of SHAPES) {
    const def = schema.$defs[shape.replace('-d', 'D')];
    assert.deepEqual(Object.keys(def.properties), Object.keys(golden[shape]), shape);
  }
  for (const [name, def] of Object.entries(schema.$defs)) {
    if (def.required) assert.deepEqual(def.required, LEAN[name] ?? Object.keys(def.properties), name);
  }
});

test('docs/backup-format.md names every field of a record', () => {
  const page = readFileSync(new URL('../../docs/backup-format.md', import.meta.url), 'utf8');
  const words = new Set([...page.matchAll(/`[^`\n]+`/g)].flatMap(([code]) => code.match(/\w+/g) ?? []));
  // What is typed into a draft is said in one sentence.
  const drafts = ['visitDraft', 'lineDraft', 'choice', 'lotDraft', 'noteDraft', 'agreedDraft', 'customerDraft', 'productDraft'];
  const unnamed = [];
  (function look(node, name) {
    for (const [key, part] of Object.entries(node).filter(([, part]) => part && typeof part === 'object')) {
      if (key === 'properties') unnamed.push(...Object.keys(part).filter((field) => !words.has(field)).map((field) => `${name}.${field}`));
      if (!drafts.includes(key)) look(part, key);
    }
  })(schema, 'file');
  assert.deepEqual(unnamed, []);
});
