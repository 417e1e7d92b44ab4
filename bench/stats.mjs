// The few statistics of the benchmarks, and how their figures are written.

const sorted = (values) => [...values].sort((a, b) => a - b);

export const median = (values) => {
  const order = sorted(values), middle = order.length >> 1;
  return order.length % 2 ? order[middle] : (order[middle - 1] + order[middle]) / 2;
};

/** The smallest value that at least `share` of the values do not exceed. */
export const percentile = (values, share) => sorted(values)[Math.max(0, Math.ceil(values.length * share) - 1)];

export const range = (values) => `${digits(Math.min(...values))}..${digits(Math.max(...values))}`;

/** Pairwise: the median of the ratios, which an interleaved run keeps clear of drift. */
export const ratios = (left, right) => left.map((value, at) => value / right[at]);

const digits = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** `12.3 ms (11.0..15.2, n 9)`. */
export const spread = (values, unit = ' ms') => `${digits(median(values))}${unit} (${range(values)}, n ${values.length})`;

export const ratioOf = (left, right) => spread(ratios(left, right), '×');

/** Prints rows of cells as columns: the first column to the left, the others to the right. */
export function table(rows) {
  // A Chinese or full-width character takes two columns.
  const width = (cell) => [...String(cell)].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const gap = ' '.repeat(widths[column] - width(cell));
      return column ? gap + cell : cell + gap;
    });
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
}
