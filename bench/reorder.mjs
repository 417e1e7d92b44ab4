// Lines a second of the reorder engine: a thousand made-up lines answered over and over, beside the same sums in plain JavaScript
// numbers and with decimal.js. The lines come from the same seeded die as in examples/reorder_speed.rs, which gives the Rust figures
// and the exact orders: how many orders the others get wrong is printed with their speed.
//   cargo build --release --example reorder_speed && node bench/reorder.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Decimal from 'decimal.js';
import { asScript, isMain, root } from './machine.mjs';
import { die } from './rows.mjs';
import { median, table } from './stats.mjs';

const LINES = 1000, RUNS = 11;
/** As in examples/reorder_speed.rs. */
const PASSES = 100, SEED = 20_261_123;
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

function lines() {
  const roll = die(SEED), oneIn = (sides) => roll(sides) === 0;
  return Array.from({ length: LINES }, () => {
    let previous = roll(40);
    const cycles = [];
    for (let at = 0; at < 4; at += 1) {
      const received = 12 * roll(3), days = 3 + roll(12), current = roll(previous + received + 1);
      cycles.push({ previous, received, current, days, stockoutDays: oneIn(6) ? roll(days) : 0 });
      previous = current;
    }
    const lots = [];
    let left = previous;
    for (let more = roll(3); more > 0; more -= 1) {
      const quantity = roll(left + 1);
      left -= quantity;
      lots.push({ quantity, daysLeft: 1 + roll(60) });
    }
    lots.push({ quantity: left, daysLeft: oneIn(2) ? null : 90 });
    return {
      cycles, lots, visit: roll.of([7, 7, 7, 14, 5]), delivery: roll(4), onOrder: oneIn(4) ? 12 : 0, size: roll.of([1, 6, 12, 24]), minimum: oneIn(5) ? 24 : 0,
      fresh: oneIn(3) ? 45 : null, display: oneIn(5) ? 6 : 0, capacity: oneIn(4) ? 80 : null, promotion: oneIn(10) ? { days: 5, uplift: 1.8 } : null, guard: roll(2) === 1,
      factor: 1.5, alpha: 0.2, cover: 30,
    };
  });
}

/** What both of the others do alike, in whole numbers: the valid cycles as sales and days, and the lots by expiry. */
function prepare(line) {
  const valid = [];
  for (const cycle of line.cycles) {
    const exposure = cycle.days > cycle.stockoutDays ? cycle.days - cycle.stockoutDays : cycle.days;
    const sales = cycle.previous + cycle.received - cycle.current;
    if (sales >= 0 && exposure > 0 && cycle.previous + cycle.received > 0) valid.push([sales, exposure]);
  }
  const selling = valid.reduce((sum, [sales]) => sum + (sales > 0), 0);
  const lots = line.lots.slice().sort((a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity));
  const fresh = line.lots.reduce((sum, lot) => sum + (lot.daysLeft === null || lot.daysLeft > 0 ? lot.quantity : 0), 0);
  return { valid, lots, fresh, isSeldom: valid.length >= 4 && selling > 0 && selling * 2 <= valid.length };
}

/** In binary floating point. */
function plain(line) {
  const { valid, lots, fresh, isSeldom } = prepare(line);
  if (!valid.length) return null;
  let rate;
  if (isSeldom) {
    let size = null, gap = null, since = 0;
    for (const [sales, days] of valid) {
      since += days;
      if (!sales) continue;
      size = size === null ? sales : size + line.alpha * (sales - size);
      gap = gap === null ? since : gap + line.alpha * (since - gap);
      since = 0;
    }
    rate = ((1 - line.alpha / 2) * size) / gap;
  } else {
    rate = valid.reduce((sum, [sales]) => sum + sales, 0) / valid.reduce((sum, [, days]) => sum + days, 0);
  }
  const horizon = Math.max(line.factor * line.visit, line.visit + line.delivery);
  let target = rate * horizon;
  if (line.promotion) {
    const days = Math.min(line.promotion.days, horizon);
    target = rate * (horizon - days) + rate * line.promotion.uplift * days;
  }
  target = Math.max(target, line.display);
  let sold = 0, usable = 0, soldFresh = 0;
  for (const { quantity, daysLeft } of lots) {
    const sells = daysLeft === null ? quantity : Math.min(quantity, Math.max(0, rate * daysLeft - sold));
    if (daysLeft !== null) sold += sells;
    usable += daysLeft !== null && daysLeft < horizon ? sells : quantity;
    if (line.fresh !== null) soldFresh += Math.min(quantity, Math.max(0, rate * Math.min(daysLeft ?? line.fresh, line.fresh) - soldFresh));
  }
  const need = target - usable - line.onOrder;
  if (need <= 0) return 0;
  const down = Math.floor(need / line.size) * line.size;
  const lasts = line.guard && usable + line.onOrder + down >= rate * (line.visit + line.delivery);
  let order = lasts ? Math.floor(need / line.size + 0.5) * line.size : Math.ceil(need / line.size) * line.size;
  if (order > 0 && order < line.minimum) order = Math.ceil(line.minimum / line.size) * line.size;
  if (line.fresh !== null) order = Math.min(order, Math.max(0, Math.floor((rate * line.fresh - soldFresh - line.onOrder) / line.size)) * line.size);
  if (line.capacity !== null) order = Math.min(order, Math.max(0, Math.floor((line.capacity - fresh - line.onOrder) / line.size)) * line.size);
  if (order < line.minimum) order = 0;
  line.overstock = order > 0 && rate > 0 && (usable + line.onOrder + order) / rate > line.cover;
  return order;
}

/** With decimal.js at its 20 digits. */
function decimal(line) {
  const { valid, lots, fresh, isSeldom } = prepare(line);
  if (!valid.length) return null;
  const D = (value) => new Decimal(value), ZERO = D(0);
  let rate;
  if (isSeldom) {
    let size = null, gap = null, since = 0;
    for (const [sales, days] of valid) {
      since += days;
      if (!sales) continue;
      size = size === null ? D(sales) : size.plus(D(sales).minus(size).times(line.alpha));
      gap = gap === null ? D(since) : gap.plus(D(since).minus(gap).times(line.alpha));
      since = 0;
    }
    rate = D(1).minus(D(line.alpha).div(2)).times(size).div(gap);
  } else {
    rate = D(valid.reduce((sum, [sales]) => sum + sales, 0)).div(valid.reduce((sum, [, days]) => sum + days, 0));
  }
  const horizon = Decimal.max(D(line.factor).times(line.visit), line.visit + line.delivery);
  let target = rate.times(horizon);
  if (line.promotion) {
    const days = Decimal.min(line.promotion.days, horizon);
    target = rate.times(horizon.minus(days)).plus(rate.times(line.promotion.uplift).times(days));
  }
  target = Decimal.max(target, line.display);
  let sold = ZERO, usable = ZERO, soldFresh = ZERO;
  for (const { quantity, daysLeft } of lots) {
    const sells = daysLeft === null ? D(quantity) : Decimal.min(quantity, Decimal.max(0, rate.times(daysLeft).minus(sold)));
    if (daysLeft !== null) sold = sold.plus(sells);
    usable = usable.plus(daysLeft !== null && horizon.gt(daysLeft) ? sells : quantity);
    if (line.fresh !== null) soldFresh = soldFresh.plus(Decimal.min(quantity, Decimal.max(0, rate.times(Math.min(daysLeft ?? line.fresh, line.fresh)).minus(soldFresh))));
  }
  const need = target.minus(usable).minus(line.onOrder);
  if (need.lte(0)) return 0;
  const cases = need.div(line.size);
  const lasts = line.guard && usable.plus(line.onOrder).plus(cases.floor().times(line.size)).gte(rate.times(line.visit + line.delivery));
  let order = (lasts ? cases.plus(0.5).floor() : cases.ceil()).toNumber() * line.size;
  if (order > 0 && order < line.minimum) order = Math.ceil(line.minimum / line.size) * line.size;
  if (line.fresh !== null) order = Math.min(order, Math.max(0, rate.times(line.fresh).minus(soldFresh).minus(line.onOrder).div(line.size).floor().toNumber()) * line.size);
  if (line.capacity !== null) order = Math.min(order, Math.max(0, Math.floor((line.capacity - fresh - line.onOrder) / line.size)) * line.size);
  if (order < line.minimum) order = 0;
  line.overstock = order > 0 && rate.gt(0) && usable.plus(line.onOrder).plus(order).div(rate).gt(line.cover);
  return order;
}

/** Lines a second, once for each run. */
function time(all, passes, work) {
  work();
  return Array.from({ length: RUNS }, () => {
    const began = performance.now();
    for (let pass = 0; pass < passes; pass += 1) work();
    return (all * passes * 1000) / (performance.now() - began);
  });
}

const whole = (value) => Math.round(value).toLocaleString('en');
const spread = (values, n = values.length) => `${whole(median(values))} (${whole(Math.min(...values))}..${whole(Math.max(...values))}, n ${n})`;

/** The example in wasm: `main` answers all lines PASSES times; what it imports is never called. */
async function wasm(file) {
  const module = await WebAssembly.compile(readFileSync(file));
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) if (kind === 'function') (imports[from] ??= {})[name] = () => 0;
  const { exports } = await WebAssembly.instantiate(module, imports);
  return time(LINES * PASSES, 1, () => exports.main(0, 0));
}

export async function run() {
  const made = lines();
  const rows = [['reorder engine', 'lines a second', 'orders unlike the exact ones']];
  const binary = (profile) => join(target, profile, 'examples/reorder_speed');
  let exact = null;
  for (const [profile, what] of [['release', 'Rust, as the page is built'], ['worker', 'Rust, as the worker is built']]) {
    if (!existsSync(binary(profile))) {
      rows.push([what, `no ${profile} build`, '']);
      continue;
    }
    exact ??= JSON.parse(execFileSync(binary(profile), ['--orders'], { encoding: 'utf8' }));
    const [, middle, least, most, n] = /^(\d+) lines a second \((\d+)\.\.(\d+), n (\d+)/.exec(execFileSync(binary(profile), { encoding: 'utf8' }));
    rows.push([what, spread([least, middle, most].map(Number), n), '0']);
  }
  // Built with `cargo build --target wasm32-unknown-unknown --example reorder_speed`: a program's `main` is exported without unsafe code.
  for (const profile of ['release', 'worker']) {
    const file = join(target, 'wasm32-unknown-unknown', profile, 'examples/reorder_speed.wasm');
    rows.push([`wasm, ${profile}`, existsSync(file) ? spread(await wasm(file)) : 'not built', '']);
  }
  for (const [what, passes, answer] of [['JavaScript numbers', PASSES, plain], ['decimal.js', 1, decimal]]) {
    const orders = made.map((line) => answer(line) ?? -1);
    const wrong = exact ? String(orders.filter((order, at) => order !== exact[at]).length) : 'unknown';
    rows.push([what, spread(time(LINES, passes, () => made.forEach(answer))), wrong]);
  }
  table(rows);
  return rows.slice(1);
}

if (isMain(import.meta.url)) await asScript(run);
