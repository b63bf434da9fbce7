/**
 * How many edits of one letter (one more, one less, another, or two neighbours exchanged) part two words.
 * Source: optimal string alignment (Damerau 1964; Levenshtein 1966), no letter edited twice.
 */
export function editDistance(a: string, b: string): number {
  return lastRow(a, b).at(-1) ?? a.length;
}

/** The same, to whichever beginning of `whole` is nearest to `part`. */
export function distanceToStart(part: string, whole: string): number {
  return Math.min(...lastRow(part, whole));
}

/** Distances of `a` to every beginning of `b`, the empty one first. */
function lastRow(a: string, b: string): readonly number[] {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cheapest(a, b, i, j, { before, last, row }));
    before = last;
    last = row;
  }
  return last;
}

interface Rows {
  readonly before: readonly number[];
  readonly last: readonly number[];
  readonly row: readonly number[];
}

function cheapest(a: string, b: string, i: number, j: number, { before, last, row }: Rows): number {
  const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return Math.min(
    (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
    (last[j] ?? 0) + 1,
    (row[j - 1] ?? 0) + 1,
    exchanged ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
  );
}
