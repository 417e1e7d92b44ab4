// The page that shows every picture: a row a screen, a column a series. Plain HTML, read from what lies in the folder.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL } from './series.mjs';

const HEAD = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shelfwise: every screen</title>
<style>
  body { margin: 1rem; font: 1rem/1.4 system-ui, sans-serif; background: #e9e8e3; color: #121826; }
  nav { columns: 12rem; margin-bottom: 2rem; }
  h2 { position: sticky; left: 1rem; display: inline-block; margin: 2rem 0 0.5rem; font-size: 1.125rem; }
  .row { display: flex; align-items: flex-start; gap: 1rem; overflow-x: auto; padding-bottom: 0.5rem; }
  figure { flex: none; margin: 0; }
  img { display: block; height: 26rem; width: auto; border: 1px solid #b9b8b0; background: #fff; }
  figcaption { font-size: 0.75rem; }
</style>
`;

/** Writes `index.html` over all pictures in `folder`, also those of an earlier run. */
export function writeGallery(folder) {
  const columns = ALL.map(({ name }) => name).filter((name) => readdirSync(folder).includes(name));
  const pictures = new Map(columns.map((name) => [name, new Set(readdirSync(join(folder, name)).filter((file) => file.endsWith('.png')))]));
  const rows = [...new Set([...pictures.values()].flatMap((files) => [...files]))].sort();
  const figure = (series, file) => `<figure><a href="${series}/${file}"><img loading="lazy" src="${series}/${file}" alt="${series} ${file}"></a><figcaption>${series}</figcaption></figure>`;
  const row = (file) => {
    const name = file.replace('.png', '');
    const shown = columns.filter((series) => pictures.get(series).has(file)).map((series) => figure(series, file));
    return `<h2 id="${name}">${name}</h2>\n<div class="row">\n${shown.join('\n')}\n</div>`;
  };
  const links = rows.map((file) => `<a href="#${file.replace('.png', '')}">${file.replace('.png', '')}</a><br>`);
  writeFileSync(join(folder, 'index.html'), `${HEAD}<h1>Shelfwise: every screen</h1>\n<nav>${links.join('\n')}</nav>\n${rows.map(row).join('\n')}\n`);
}
