// Serves dist/ as a static host would: the headers of dist/_headers, brotli, index.html for deep links. Loopback only.
// node scripts/serve.mjs [--port 8080] [--dir dist] [--base /]
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};

/** The rules of a `_headers` file: path patterns with their headers, later ones added to earlier ones. */
function headerRules(dir) {
  const file = join(dir, '_headers');
  const rules = [];
  if (!existsSync(file)) return rules;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('/')) rules.push({ path: line.trim(), headers: {} });
    else if (line.trim()) {
      const [name, ...value] = line.trim().split(': ');
      rules.at(-1).headers[name] = value.join(': ');
    }
  }
  return rules;
}

const matches = (pattern, path) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path);

/** Starts a server; resolves with its address and `close`. A taken port: the next free one. */
export function serve({ dir = 'dist', port = 8080, base = '/', quality = 5, change = (body) => body } = {}) {
  const rules = headerRules(dir);
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (!path.startsWith(base)) return void response.writeHead(404).end();
    const inside = normalize(`/${path.slice(base.length)}`);
    const wanted = join(dir, inside);
    const isFile = existsSync(wanted) && statSync(wanted).isFile();
    const isPage = !extname(inside);
    if (!isFile && !isPage) return void response.writeHead(404).end('not found');
    const file = isFile ? wanted : join(dir, 'index.html');
    const headers = Object.assign({}, ...rules.filter((rule) => matches(rule.path, inside)).map((rule) => rule.headers));
    headers['Content-Type'] = TYPES[extname(file)] ?? 'application/octet-stream';
    headers['Cache-Control'] ??= /-[0-9a-f]{16}[._]/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
    const stamp = `${file} ${statSync(file).mtimeMs}`;
    let body = packed.get(stamp);
    if (!body) {
      const plain = change(readFileSync(file), inside);
      body = { plain, brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }) };
      packed.set(stamp, body);
    }
    const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    if (takesBrotli) headers['Content-Encoding'] = 'br';
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : takesBrotli ? body.brotli : body.plain);
  });
  return new Promise((resolve, reject) => {
    const tryPort = (next) => {
      server.once('error', (error) => (error.code === 'EADDRINUSE' && next < port + 100 ? tryPort(next + 1) : reject(error)));
      server.listen(next, '127.0.0.1', () => resolve({
        url: `http://127.0.0.1:${server.address().port}${base}`,
        close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
      }));
    };
    tryPort(port);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const option = (name, fallback) => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? fallback : process.argv[at + 1]; };
  const { url } = await serve({ dir: option('dir', 'dist'), port: Number(option('port', 8080)), base: option('base', '/') });
  console.log(`Shelfwise: ${url}  (Ctrl+C stops it)`);
}
