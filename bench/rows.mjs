// Rows for the app's own database, in the newest shapes of tests/golden, by a seeded die: every run has the same shops. Only the
// dates follow the day of the run, so that there are always shops due today.
import { readFileSync, readdirSync } from 'node:fs';

const GOLDEN = new URL('../tests/golden/', import.meta.url);
const DAY = 86_400_000;
const CHUNK = 500;

const BRANDS = ['惠民', '兴隆', '福满', '百家', '万家', '好又多', '家家乐', '顺发', '金源', '鑫隆', '华联', '美宜佳', '老王', '大润', '天天', '便民', '红旗', '如意', '和平', '新世纪', '东升', '四季', '佳惠', '喜来', '诚信', '丰收', '一品', '阳光', '邻里', '聚福'];
const KINDS = ['副食', '超市', '便利店', '小卖部', '烟酒', '商行', '粮油店', '生鲜超市', '百货', '批发部', '食杂店', '冷饮批发'];
const PLACES = ['', '·建设路店', '·人民路店', '·火车站店', '·开发区店', '·中山东路店', '·滨江花园店', '·第一中学店', '·河西菜场店', '·解放大道二店', '·工人新村店', '·经济技术开发区店'];
const AREAS = ['建设路片', '河西片', '开发区', '火车站片', '老城东', '老城西', '滨江片', '大学城', '城北', '城南', '工业园', '新区一片', '新区二片', '码头片'];
const SURNAMES = ['周', '李', '王', '张', '刘', '陈', '杨', '黄', '赵', '吴', '徐', '孙'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const GOODS = ['冰红茶', '原味酸奶', '鲜橙汁', '矿泉水', '苏打饼干', '番茄薯片', '五香花生', '乌龙茶', '杏仁露', '椰子汁'];

/** The newest stored shape of a kind. */
function shape(kind) {
  const versions = readdirSync(GOLDEN).filter((name) => name.startsWith(`${kind}.v`));
  const newest = versions.sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1);
  return JSON.parse(readFileSync(new URL(newest, GOLDEN), 'utf8'));
}

/** A seeded die: `roll(n)` is below n. */
export function die(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const roll = (sides) => next() % sides;
  return Object.assign(roll, { of: (list) => list[roll(list.length)] });
}

/** The day of the run at noon, and days from it as the app writes them. */
const noon = new Date(new Date().setHours(12, 0, 0, 0));
const onDay = (days) => new Date(noon.getFullYear(), noon.getMonth(), noon.getDate() + days, 12);
const text = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
export const day = (days) => text(onDay(days));

/** Makes rows of one book: ids are v7, in the order they are made within their moment. */
export function maker(seed) {
  const roll = die(seed);
  const kinds = Object.fromEntries(['customer', 'product', 'summary', 'visit', 'order', 'dispatch'].map((kind) => [kind, shape(kind)]));
  let made = 0;
  const id = (millis) => {
    const time = Math.floor(millis).toString(16).padStart(12, '0'), count = (made += 1).toString(16).padStart(10, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8${roll(4096).toString(16).padStart(3, '0')}-${roll(256).toString(16).padStart(2, '0')}${count}`;
  };
  const record = (kind, id, millis, fields) => ({
    ...kinds[kind], id, envelope: { ...kinds[kind].envelope, rev: 1, stamp: `${Math.floor(millis)}.0.00000000deadbeef` }, ...fields,
  });
  const row = (record, found = {}) => ({ id: record.id, ...found, body: JSON.stringify(record) });
  const yearAgo = noon - 400 * DAY;

  function customer(at, fields = {}) {
    const surname = roll.of(SURNAMES);
    return record('customer', id(yearAgo + at), yearAgo + at, {
      created_on: day(-400), range: [], merged_into: null,
      fields: {
        ...kinds.customer.fields, name: roll.of(BRANDS) + roll.of(KINDS) + roll.of(PLACES), code: `C${String(at).padStart(4, '0')}`,
        class: roll.of(['A', 'B', 'B', 'C', 'C', null]), area: roll.of(AREAS), address: `${roll.of(AREAS)} ${1 + roll(300)} 号`,
        phone: `1${3 + roll(7)}${String(roll(1e9)).padStart(9, '0')}`, contact: surname + roll.of(['梅', '建国', '丽', '强']), salutation: `${surname}${roll.of(['姐', '哥', '老板'])}`,
        route_day: roll.of([...WEEKDAYS, null]), cycle: roll.of([7, 7, 7, 14, 30]), note: roll(5) ? '' : '老板 2 点后才在', ...fields,
      },
    });
  }

  function product(at) {
    const name = `山语 ${GOODS[at % GOODS.length]} ${String(at + 1).padStart(2, '0')} 号 ${roll.of([200, 330, 500])}ml`;
    return record('product', id(yearAgo + at), yearAgo + at, {
      fields: { ...kinds.product.fields, name, other_name: '', code: `P${at + 1}`, barcode: `690${String(1e9 + at)}`, size: roll.of([6, 12, 24]), prices: { unit: `${2 + roll(8)}.${roll(10)}0`, case: null }, display_order: at + 1 },
    });
  }

  const summary = (shop, fields) => record('summary', shop.id, noon, { tried: null, moved: null, stock_outs: roll(8) ? 0 : 1 + roll(3), ...fields });

  /** A visit so many days ago with its order and how that went to the warehouse. */
  function visit(shop, products, days, lines, isSent) {
    const on = onDay(-days), date = text(on), millis = on.getTime() - roll(3 * 3600) * 1000;
    const from = roll(products.length - lines + 1), chosen = products.slice(from, from + lines);
    const ids = { visit: id(millis), order: id(millis) };
    const counted = chosen.map(({ id: product, fields: { size } }) => ({
      product, size, count: { front: roll(size), back: { cases: roll(2), loose: roll(size) } }, basis: { previous: roll(3 * size), previous_on: day(-days - 7), ordered: size * (1 + roll(3)) },
    }));
    const ordered = chosen.map(({ id: product, fields: { size, prices } }) => {
      const cases = 1 + roll(4), suggested = cases * size;
      return { ...kinds.order.lines[0], product, size, quantity: { cases, loose: 0 }, free: 0, returned: 0, prices, list: null, amount: (suggested * prices.unit).toFixed(2), suggested, reason: null, deal: null, note: '' };
    });
    const found = { customer: shop.id };
    const order = record('order', ids.order, millis, {
      customer: shop.id, number: `${date.slice(2).replaceAll('-', '')}-${ids.order.slice(-4)}`, visit: ids.visit, channel: 'visit', on: date, taken: `${date}T14:24:00`, expected_on: day(2 - days), corrects: null, lines: ordered,
    });
    const seen = record('visit', ids.visit, millis, {
      customer: shop.id, on: date, started: `${date}T14:06:00`, finished: `${date}T14:24:00`, outcome: 'made', corrects: null, lines: counted, range: lines, order: ids.order,
      agreed: { ...kinds.visit.agreed, promise: '', promise_due: null, next_on: null, class: null, competitor: '', opinion: '' },
    });
    const dispatch = record('dispatch', ids.order, millis, { customer: shop.id, on: date, sent: isSent ? { at: `${date}T18:30:00`, how: 'text' } : null, sent_before: null, cancelled: false });
    const amount = ordered.reduce((sum, line) => sum + Number(line.amount), 0).toFixed(2);
    return {
      visits: row(seen, found), orders: row(order, found), dispatches: row(dispatch, { day: date, ...(isSent ? {} : { unsent: 'yes' }) }),
      last: { last_visit: { id: ids.visit, on: date }, last_order: { id: ids.order, on: date, amount } },
    };
  }

  return { roll, id, row, customer, product, summary, visit };
}

/** Writes rows into a store of the app's database, which the app has made. */
export async function put(page, store, rows) {
  for (let at = 0; at < rows.length; at += CHUNK) {
    await page.evaluate(async ({ store, rows }) => {
      const opening = indexedDB.open('shelfwise');
      const database = await new Promise((done, failed) => { opening.onsuccess = () => done(opening.result); opening.onerror = () => failed(opening.error); });
      const transaction = database.transaction(store, 'readwrite');
      for (const row of rows) transaction.objectStore(store).put(row);
      transaction.commit();
      await new Promise((done, failed) => { transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error); });
      database.close();
    }, { store, rows: rows.slice(at, at + CHUNK) });
  }
}
