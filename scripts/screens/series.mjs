// Which pictures there are: sizes, languages, looks, text size and data. A series is one folder; series that differ only in size and
// looks are taken in one walk, because the page that is open can simply be shown again in the next.

const NARROW = [[390, 844], [360, 640], [320, 640]];
const WIDE = [[1024, 768], [1440, 900]];
const LANGUAGES = ['zh', 'en'];
const LOOKS = ['light', 'dark'];

const of = (data, frame, [width, height], language, looks) => {
  const extra = [data === 'worst' && 'worst', frame === 'big' && 'text200'].filter(Boolean);
  return { data, frame, width, height, language, looks, name: [`${width}x${height}`, ...extra, language, looks].join('-') };
};

const each = (list, make) => list.flatMap(make);

/** Every series there is. */
export const ALL = each(LANGUAGES, (language) => [
  // 320 px is a phone at 400 % zoom or a very small one: layout only, so one look is enough.
  ...each(NARROW, (size) => LOOKS.filter((looks) => size[0] > 320 || looks === 'light').map((looks) => of('demo', 'narrow', size, language, looks))),
  ...each(WIDE, (size) => LOOKS.map((looks) => of('demo', 'wide', size, language, looks))),
  of('demo', 'big', NARROW[0], language, 'light'),
  ...[NARROW[0], NARROW[2]].map((size) => of('worst', 'narrow', size, language, 'light')),
  of('worst', 'wide', WIDE[0], language, 'dark'),
  of('worst', 'big', NARROW[0], language, 'light'),
]);

/** Whether the words of `wanted` stand next to each other in the name: `390-zh-light`, `worst`, `1024-en`. */
function isMeant(series, wanted) {
  const words = series.name.replace(/^(\d+)x\d+/, '$1').split('-');
  const asked = wanted.replace(/^(\d+)x\d+/, '$1').split('-');
  return words.some((_, at) => asked.every((word, along) => words[at + along] === word));
}

/** The series that `only` names, separated by commas; without it all. */
export const chosen = (only) => (only ? ALL.filter((series) => only.split(',').some((wanted) => isMeant(series, wanted.trim()))) : ALL);

/** Series that one walk can take: the same data in the same language, with the same arrangement and text size. */
export function walks(all) {
  const groups = new Map();
  for (const series of all) {
    const key = `${series.data} ${series.language} ${series.frame}`;
    groups.set(key, [...(groups.get(key) ?? []), series]);
  }
  return [...groups.values()];
}
