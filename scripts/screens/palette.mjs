// A picture made small: at most 256 colours, each the mean of a box of similar ones (median cut), written as an indexed PNG.
import { deflateSync, inflateSync } from 'node:zlib';

const CRC = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return Buffer.concat([length, body, check]);
}

const paeth = (a, b, c) => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};

/** The pixels of a PNG with 8 bits a channel, three or four channels. */
function pixelsOf(png) {
  const parts = [];
  let width, height, channels;
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at), type = png.toString('latin1', at + 4, at + 8), data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') [width, height, channels] = [data.readUInt32BE(0), data.readUInt32BE(4), { 2: 3, 6: 4 }[data[9]]];
    if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= channels ? out[y * stride + x - channels] : 0;
      const up = y ? out[(y - 1) * stride + x] : 0;
      const corner = y && x >= channels ? out[(y - 1) * stride + x - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return { width, height, channels, out };
}

const CHANNELS = [16, 8, 0];
const range = (box) => CHANNELS.map((shift) => {
  let [low, high] = [255, 0];
  for (const [colour] of box) { const value = (colour >> shift) & 255; low = Math.min(low, value); high = Math.max(high, value); }
  return high - low;
});

/** Boxes of colours, the widest split again and again; colours that fill the picture stay as they are. */
function boxes(counts) {
  const byUse = [...counts].sort((one, other) => other[1] - one[1]);
  const kept = byUse.slice(0, 48).map((entry) => [entry]);
  let cut = [byUse.slice(48)].filter((box) => box.length);
  while (cut.length && kept.length + cut.length < 256) {
    const widths = cut.map((box) => (box.length > 1 ? Math.max(...range(box)) : 0));
    const at = widths.indexOf(Math.max(...widths));
    if (!widths[at]) break;
    const box = cut[at];
    const shift = CHANNELS[range(box).indexOf(widths[at])];
    box.sort(([one], [other]) => ((one >> shift) & 255) - ((other >> shift) & 255));
    cut = [...cut.slice(0, at), box.slice(0, box.length >> 1), box.slice(box.length >> 1), ...cut.slice(at + 1)];
  }
  return [...kept, ...cut];
}

/** The same picture with a palette. */
export function small(png) {
  const { width, height, channels, out } = pixelsOf(png);
  const counts = new Map();
  const colourAt = (at) => (out[at] << 16) | (out[at + 1] << 8) | out[at + 2];
  for (let at = 0; at < out.length; at += channels) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1);
  const palette = [], index = new Map();
  for (const box of boxes(counts)) {
    const all = box.reduce((sum, [, count]) => sum + count, 0);
    palette.push(CHANNELS.map((shift) => Math.round(box.reduce((sum, [colour, count]) => sum + ((colour >> shift) & 255) * count, 0) / all)));
    for (const [colour] of box) index.set(colour, palette.length - 1);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = index.get(colourAt((y * width + x) * channels));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', head), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
