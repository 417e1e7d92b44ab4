// Trunk's post_build hook, on the staged site: licences, the 404 copy for deep links, the content security policy in page and
// headers, and last the service worker's list, named by a hash over everything it holds.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { minify } from 'terser';
import { licencesText } from './licences.mjs';

const site = process.env.TRUNK_STAGING_DIR ?? 'dist';
const at = (name) => join(site, name);
const hash = (data, encoding) => createHash('sha256').update(data).digest(encoding);

const isDevelopment = process.env.TRUNK_PROFILE !== 'release';

writeFileSync(at('licences.txt'), licencesText());

// Without what is there for its readers a script is a fifth to a third smaller on the way. Trunk's own minifier gives up on scripts
// with newer syntax, and leaves copied ones alone. The service worker stays as it is: its list is written into it below.
const isModule = (name) => !['boot.js', 'journal.js'].includes(name);
const small = async (code, name) => (isDevelopment ? code : (await minify(code, { module: isModule(name) })).code);
for (const name of readdirSync(site).filter((each) => each.endsWith('.js') && each !== 'sw.js')) writeFileSync(at(name), await small(readFileSync(at(name), 'utf8'), name));

// The worker's files get their hash here: trunk leaves their names plain, and an old one beside a new page would not understand it.
const workerHash = hash(Buffer.concat(['errands.js', 'errands_bg.wasm'].map((name) => readFileSync(at(name)))), 'hex').slice(0, 16);
const workerFile = `worker-${workerHash}.js`;
renameSync(at('errands.js'), at(`errands-${workerHash}.js`));
renameSync(at('errands_bg.wasm'), at(`errands-${workerHash}.wasm`));
writeFileSync(at(workerFile),
  `import init from './errands-${workerHash}.js';\ninit({ module_or_path: new URL('./errands-${workerHash}.wasm', import.meta.url) });\n`);

let page = readFileSync(at('index.html'), 'utf8');

// The parts that scripts/bin/wasm-bindgen split off, optimised and named by their hash, and the script that fetches them.
const parts = join(process.env.CARGO_TARGET_DIR ?? 'target', 'wasm-bindgen', isDevelopment ? 'debug' : 'release', 'parts');
const glue = readdirSync(site).find((name) => /^shelfwise-[0-9a-f]+\.js$/.test(name));
let fetcher = readFileSync(join(parts, '__wasm_split.js'), 'utf8').replace('"./shelfwise.js"', `"./${glue}"`);
for (const part of readdirSync(parts).filter((name) => name.endsWith('.wasm'))) {
  const staged = at(part);
  if (isDevelopment) copyFileSync(join(parts, part), staged);
  else execFileSync('wasm-opt', ['-Oz', '--strip-debug', '--strip-producers', join(parts, part), '-o', staged], { stdio: ['ignore', 'inherit', 'ignore'] });
  const named = `part-${part.replace(/^split_|_|\.wasm$/g, '')}-${hash(readFileSync(staged), 'hex').slice(0, 16)}.wasm`;
  renameSync(staged, at(named));
  fetcher = fetcher.replaceAll(`"./${part}"`, `"./${named}"`);
}
fetcher = await small(fetcher, '__wasm_split.js');
const fetcherFile = `parts-${hash(fetcher, 'hex').slice(0, 16)}.js`;
writeFileSync(at(fetcherFile), fetcher);
// Only where it is imported: in the list of imports the name belongs to the wasm, which keeps it.
const imports = /(\bfrom\s*)(["'])\.\/__wasm_split\.js\2/g;
const glued = readFileSync(at(glue), 'utf8');
if (!imports.test(glued)) throw new Error('the main script does not import its parts');
writeFileSync(at(glue), glued.replace(imports, `$1$2./${fetcherFile}$2`));
// The browser learns of it with the page, not only once the main script is there.
page = page.replace(new RegExp(`<link[^>]*${glue.replace('.', '\\.')}[^>]*>`), (link) => link + link.replace(glue, fetcherFile));
if (!page.includes(fetcherFile)) throw new Error('the page does not preload the script of the parts');

page = page.replace(/<\/head>/i, `<meta name="shelfwise-worker" content="${workerFile}"></head>`);
const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => `'sha256-${hash(code, 'base64')}'`);
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
