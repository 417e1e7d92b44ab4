// Draws what is drawn: the app's icons (PNG by our own rasteriser, SVG) and the sprite of line icons from lucide-static (ISC).
// Run by hand when an icon is added: node scripts/icons.mjs. The results are committed.
import { deflateSync } from 'node:zlib';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const LINE_ICONS = [
  'archive', 'arrow-down', 'arrow-left', 'arrow-right', 'arrow-up-down', 'ban', 'calendar-check', 'calendar-clock', 'calendar-days',
  'check', 'chevron-down', 'chevron-left', 'chevron-right', 'circle-alert', 'circle-question-mark', 'circle-x',
  'clipboard-check', 'clipboard-pen', 'clock', 'copy', 'door-closed', 'download', 'ellipsis', 'external-link', 'file-text', 'flask-conical',
  'chart-line', 'handshake', 'history', 'info', 'hourglass', 'list-checks', 'menu', 'merge', 'message-square', 'milk', 'minus', 'navigation', 'package-x',
  'pencil', 'phone', 'phone-incoming', 'pin', 'play', 'plus', 'presentation', 'printer', 'refresh-cw', 'repeat-2', 'rotate-ccw',
  'route', 'search', 'send', 'settings', 'share-2', 'shield-check', 'smartphone', 'store', 'sun', 'swords', 'trash-2', 'truck', 'undo-2',
  'upload', 'user', 'user-x', 'users', 'wallet', 'x',
];

const symbols = LINE_ICONS.map((name) => {
  const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8');
  const inner = svg.replace(/<!--.*?-->/gs, '').match(/<svg[^>]*>(.*)<\/svg>/s)[1].replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
});
writeFileSync('public/icons.svg', `<svg xmlns="http://www.w3.org/2000/svg" class="sprite" aria-hidden="true"><!-- Lucide, ISC licence -->${symbols.join('\n')}\n</svg>\n`);

// The mark: three columns of stock on a shelf, the last one is the tag. Units of a 96 grid: x, y, width, height, radius, colour.
const BLUE = [0x24, 0x3b, 0xbb], WHITE = [255, 255, 255], YELLOW = [0xfd, 0xdf, 0x57];
const shapes = [
  [22, 26, 12, 36, 3, WHITE], [42, 36, 12, 26, 3, WHITE], [62, 44, 12, 18, 3, YELLOW], [18, 67, 60, 6, 3, WHITE],
];

const hex = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
mkdirSync('public/icons', { recursive: true });
const rects = shapes.map(([x, y, w, h, r, c]) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${hex(c)}"/>`);
writeFileSync('public/icons/icon.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" rx="22" fill="${hex(BLUE)}"/>${rects.join('')}</svg>\n`);

/** Coverage of a rounded rectangle at a point, antialiased over one pixel. */
function cover([x, y, w, h, r], px, py, pixel) {
  const dx = Math.max(x + r - px, px - (x + w - r), 0), dy = Math.max(y + r - py, py - (y + h - r), 0);
  const outside = Math.hypot(dx, dy) - r;
  return Math.min(1, Math.max(0, 0.5 - outside / pixel));
}

/** `inset` keeps the mark inside a maskable icon's safe circle and fills the ground to the edge. */
function draw(size, inset) {
  const scale = 96 / size, rows = [];
  const ground = inset ? [-1, -1, 98, 98, 0] : [0, 0, 96, 96, 22];
  const place = ([x, y, w, h, r, c]) => (inset ? [48 + (x - 48) * 0.8, 48 + (y - 48) * 0.8, w * 0.8, h * 0.8, r * 0.8, c] : [x, y, w, h, r, c]);
  for (let row = 0; row < size; row += 1) {
    const line = Buffer.alloc(1 + size * 4);
    for (let column = 0; column < size; column += 1) {
      const px = (column + 0.5) * scale, py = (row + 0.5) * scale;
      let colour = BLUE;
      for (const shape of shapes.map(place)) {
        const part = cover(shape, px, py, scale);
        colour = colour.map((under, i) => under + (shape[5][i] - under) * part);
      }
      line.set([...colour.map(Math.round), Math.round(255 * cover(ground, px, py, scale))], 1 + column * 4);
    }
    rows.push(line);
  }
  return png(size, Buffer.concat(rows));
}

function png(size, raw) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(raw, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function crc(data) {
  let value = ~0;
  for (const byte of data) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

for (const [name, size, inset] of [['icon-192', 192, false], ['icon-512', 512, false], ['icon-180', 180, true], ['icon-maskable-512', 512, true]]) {
  writeFileSync(`public/icons/${name}.png`, draw(size, inset));
}
