// Trunk's post_build hook, on the staged site: licences, the 404 copy for deep links, the content security policy in page and
// headers, and last the service worker's list, named by a hash over everything it holds.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { licencesText } from './licences.mjs';

const site = process.env.TRUNK_STAGING_DIR ?? 'dist';
const at = (name) => join(site, name);
const hash = (data, encoding) => createHash('sha256').update(data).digest(encoding);

writeFileSync(at('licences.txt'), licencesText());

// The worker's files get their hash here: trunk leaves their names plain, and an old one beside a new page would not understand it.
const workerHash = hash(Buffer.concat(['errands.js', 'errands_bg.wasm'].map((name) => readFileSync(at(name)))), 'hex').slice(0, 16);
const workerFile = `worker-${workerHash}.js`;
renameSync(at('errands.js'), at(`errands-${workerHash}.js`));
renameSync(at('errands_bg.wasm'), at(`errands-${workerHash}.wasm`));
writeFileSync(at(workerFile),
  `import init from './errands-${workerHash}.js';\ninit({ module_or_path: new URL('./errands-${workerHash}.wasm', import.meta.url) });\n`);

let page = readFileSync(at('index.html'), 'utf8');
page = page.replace(/<\/head>/i, `<meta name="shelfwise-worker" content="${workerFile}"></head>`);
const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => `'sha256-${hash(code, 'base64')}'`);
const isDevelopment = process.env.TRUNK_PROFILE !== 'release';
const policy = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' ${inline.join(' ')}`.trim(),
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');
if (!isDevelopment) {
  page = page.replace(/<meta charset="?utf-8"?\s*\/?>/i, (meta) => `${meta}<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  if (!page.includes('Content-Security-Policy')) throw new Error('the page has no place for its policy');
}
writeFileSync(at('index.html'), page);
writeFileSync(at('404.html'), page);
if (existsSync(at('_headers'))) writeFileSync(at('_headers'), readFileSync(at('_headers'), 'utf8').replace('__CSP__', policy));

const files = (folder) => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? files(join(folder, name)) : [join(folder, name)]));
const notCached = new Set(['sw.js', '404.html', '_headers', '_redirects', 'index.html']);
const cached = files(site).map((file) => relative(site, file)).filter((file) => !notCached.has(file)).sort();
const version = hash([...cached, 'index.html'].map((file) => `${file} ${hash(readFileSync(at(file)), 'hex')}`).join('\n'), 'hex').slice(0, 16);
const worker = readFileSync(at('sw.js'), 'utf8').replace('__VERSION__', version).replace('__FILES__', JSON.stringify(['./', ...cached]));
writeFileSync(at('sw.js'), isDevelopment ? 'self.addEventListener("install", () => self.skipWaiting());\n' : worker);
