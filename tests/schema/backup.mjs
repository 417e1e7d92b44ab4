// Whether a text is a backup file: docs/backup.schema.json, and what a schema cannot say (layout, counts, order, hash, references).
import Ajv2020 from 'ajv/dist/2020.js';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const schema = JSON.parse(readFileSync(new URL('../../docs/backup.schema.json', import.meta.url), 'utf8'));
const fits = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile(schema);

/** The arrays of `data`, in the order of the file. */
export const KINDS = Object.keys(schema.properties.data.properties);
const EVENTS = ['visits', 'orders', 'deliveries', 'dispatches'];

export const sha256 = (data) => createHash('sha256').update(JSON.stringify(data)).digest('hex');

/**
 * What is wrong with a backup file, one line each with its path; nothing: `[]`. `file` is its text or bytes, or what `JSON.parse`
 * made of them: then its layout is not looked at.
 */
export function problems(file) {
  if (typeof file !== 'string' && !Buffer.isBuffer(file)) return [...shape(file), ...sense(file)];
  let parsed;
  try {
    parsed = JSON.parse(file);
  } catch (error) {
    return [`not JSON: ${error.message}`];
  }
  return [...shape(parsed), ...sense(parsed), ...layout(parsed, String(file))];
}

/** Where the schema does not fit. */
function shape(file) {
  if (fits(file)) return [];
  // Of a nullable field, what is wrong with the value is said; that it is not null either is not.
  const isNoise = ({ keyword, schemaPath }) => ['anyOf', 'if'].includes(keyword) || /\/anyOf\/\d+\/type$/.test(schemaPath);
  const told = fits.errors.filter((error) => !isNoise(error));
  return (told.length ? told : fits.errors).map(({ instancePath, message, params, data }) => {
    const detail = params.additionalProperty ?? params.allowedValues?.join(', ') ?? params.allowedValue;
    const shown = JSON.stringify(data) ?? 'nothing';
    return `${path(instancePath)}: ${message}${detail === undefined ? '' : ` (${detail})`}${shown.length > 80 ? '' : `, is ${shown}`}`;
  });
}

/** `/data/visits/3/lines/0/size` as `data.visits[3].lines[0].size`. */
function path(pointer) {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('').replace(/^\./, '') || 'file';
}

/** What holds between the parts of a file. */
function sense(file) {
  const list = (kind) => (Array.isArray(file?.data?.[kind]) ? file.data[kind] : []);
  const found = [];
  for (const kind of KINDS) {
    const count = file?.counts?.[kind];
    if (count !== list(kind).length) found.push(`counts.${kind}: says ${count}, there are ${list(kind).length}`);
    if (kind === 'settings') continue;
    const keyOf = (entry) => (kind === 'drafts' ? entry?.key : entry?.id);
    list(kind).slice(1).forEach((entry, at) => {
      const [before, key] = [keyOf(list(kind)[at]), keyOf(entry)];
      // Two kinds of records may have the same id: a shop and its summary, an order and its way.
      const rises = kind === 'unreadable' ? before <= key : before < key;
      if (!rises) found.push(`data.${kind}[${at + 1}]: ${key} does not come after ${before}`);
    });
  }
  const named = list('unreadable').map((entry) => `${entry?.kind} ${entry?.id}`);
  named.forEach((name, at) => {
    if (named.indexOf(name) !== at) found.push(`data.unreadable[${at}]: ${name} is there twice`);
  });
  const hash = file?.data === undefined ? undefined : sha256(file.data);
  if (hash && file.sha256 !== hash) found.push(`sha256: says ${file.sha256}, data has ${hash}`);

  const known = new Set([...named, ...['customers', 'products'].flatMap((kind) => list(kind).map((record) => `${kind} ${record?.id}`))]);
  for (const kind of EVENTS) {
    list(kind).forEach((event, at) => {
      if (!known.has(`customers ${event?.customer}`)) found.push(`data.${kind}[${at}].customer: no shop ${event?.customer}`);
      for (const part of ['lines', 'notes', 'work']) {
        (Array.isArray(event?.[part]) ? event[part] : []).forEach((line, place) => {
          if (!known.has(`products ${line?.product}`)) found.push(`data.${kind}[${at}].${part}[${place}].product: no product ${line?.product}`);
        });
      }
    });
  }
  list('drafts').forEach((entry, at) => {
    const [kind, id] = String(entry?.key).split(':');
    if (kind === 'visit' && entry?.draft?.id !== id) found.push(`data.drafts[${at}]: ${entry?.key} holds the visit ${entry?.draft?.id}`);
  });
  return found;
}

/** How the text is written: keys in their order, a line for each, `data` without a blank. */
function layout(file, text) {
  if (typeof file?.data !== 'object' || file.data === null) return [];
  const found = [];
  const inOrder = (name, part, keys) => {
    if (Object.keys(part ?? {}).join() !== keys.join()) found.push(`${name}: keys are ${Object.keys(part ?? {})}, not ${keys}`);
  };
  inOrder('file', file, Object.keys(schema.properties));
  inOrder('counts', file.counts, KINDS);
  inOrder('data', file.data, KINDS);
  const lines = Object.entries(file).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  if (text.trim() !== `{${lines.join(',\n')}}`) found.push('file: not one line for each key, each without blanks');
  return found;
}
