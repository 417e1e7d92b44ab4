// What the bundle is made of and under which licences: an allow list, and the texts for the About page. Reads cargo's own
// metadata and the packages' files; asks no network.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Permissive only: nothing here obliges a user of the site to anything but the notice that About shows.
const ALLOWED = new Set([
  'MIT', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Zlib', '0BSD', 'Unlicense', 'CC0-1.0',
  'Unicode-3.0', 'Unicode-DFS-2016', 'BSL-1.0', 'MIT-0',
]);
// npm packages whose code or drawings end in the site.
const FROM_NPM = ['daisyui', 'lucide-static', 'tailwindcss'];

// Crates whose data `public/hanzi.bin` is made of: their code is in the tests only.
const DATA_FROM = ['fast2s', 'pinyin'];

/** Whether one choice of an SPDX expression is allowed: OR needs one side, AND both. */
export function isAllowed(expression) {
  const words = expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const either = () => { let ok = both(); while (words[at] === 'OR') { at += 1; const right = both(); ok = ok || right; } return ok; };
  const both = () => { let ok = one(); while (words[at] === 'AND') { at += 1; const right = one(); ok = ok && right; } return ok; };
  const one = () => {
    if (words[at] === '(') { at += 1; const ok = either(); at += 1; return ok; }
    let name = words[at++];
    if (words[at] === 'WITH') { name = `${name} WITH ${words[at + 1]}`; at += 2; }
    return ALLOWED.has(name);
  };
  return words.length > 0 && either() && at === words.length;
}

/** Crates whose code is in the bundle: normal dependencies for wasm32, without macros and build tools. */
function crates() {
  const metadata = metadataFor('wasm32-unknown-unknown');
  const packages = new Map(metadata.packages.map((each) => [each.id, each]));
  const nodes = new Map(metadata.resolve.nodes.map((each) => [each.id, each]));
  const seen = new Set(), queue = [metadata.resolve.root];
  while (queue.length) {
    const id = queue.pop();
    if (seen.has(id)) continue;
    const isMacro = packages.get(id).targets.some((target) => target.kind.includes('proc-macro'));
    if (isMacro) continue;
    seen.add(id);
    for (const dependency of nodes.get(id).deps) {
      if (dependency.dep_kinds.some((kind) => kind.kind === null)) queue.push(dependency.pkg);
    }
  }
  seen.delete(metadata.resolve.root);
  const host = execFileSync('rustc', ['-vV'], { encoding: 'utf8' }).match(/^host: (.*)$/m)[1];
  const data = metadataFor(host).packages.filter((each) => DATA_FROM.includes(each.name));
  if (data.length !== DATA_FROM.length) throw new Error(`the spelling table's sources are ${DATA_FROM.join(', ')}`);
  return [...[...seen].map((id) => packages.get(id)), ...data].map((each) => ({
    name: each.name, version: each.version, licence: each.license ?? `file ${each.license_file ?? 'missing'}`, folder: dirname(each.manifest_path),
  }));
}

function metadataFor(platform) {
  const arguments_ = ['metadata', '--format-version', '1', '--locked', '--filter-platform', platform];
  return JSON.parse(execFileSync('cargo', arguments_, { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }));
}

function npmPackages() {
  return FROM_NPM.map((name) => {
    const folder = join('node_modules', name);
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version: about.version, licence: about.license, folder };
  });
}

const everything = () => [...crates(), ...npmPackages()].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));

function texts(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|unlicense)/i.test(name)).sort();
  return names.map((name) => join(folder, name)).flatMap((path) => {
    try { return [readFileSync(path, 'utf8').replace(/\r\n/g, '\n').trim()]; } catch { return []; }
  });
}

/** Every part with its licence, then each licence text once with the parts it belongs to. */
export function licencesText() {
  const parts = everything();
  const byText = new Map();
  for (const part of parts) {
    for (const text of texts(part.folder)) {
      const key = text.replace(/\s+/g, ' ');
      const known = byText.get(key) ?? { text, names: [] };
      known.names.push(part.name);
      byText.set(key, known);
    }
  }
  const list = parts.map((part) => `${part.name} ${part.version} — ${part.licence}`).join('\n');
  const full = [...byText.values()].map(({ text, names }) => `${'='.repeat(72)}\n${[...new Set(names)].join(', ')}\n${'='.repeat(72)}\n\n${text}`);
  return `${list}\n\n${full.join('\n\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const parts = everything();
  const refused = parts.filter((part) => !isAllowed(part.licence));
  for (const part of refused) console.error(`not on the allow list: ${part.name} ${part.version} (${part.licence})`);
  console.log(`licences: ${parts.length} parts in the bundle, ${refused.length} refused`);
  process.exit(refused.length ? 1 : 0);
}
