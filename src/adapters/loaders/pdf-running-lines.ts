import type { PdfLine } from './pdf-lines.ts';

/** Pages on which something must stand to run along. */
const FEWEST = 3;
/** 1 to 99 in Roman numerals, with which front matter is numbered. */
const ROMAN = '(?=[ivxl])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?<=[ivxlc])';
const LONE_NUMBER = new RegExp(
  String.raw`^(?:(?:page\s*)?[-–]?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–]?|${ROMAN})$`,
  'i',
);
const NUMBER = new RegExp(String.raw`\b\d{1,4}\b|^${ROMAN}\b|\b${ROMAN}$`, 'gi');
const ROMAN_DIGITS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

/**
 * Leaves out page numbers, and what stands at the top or bottom of at least half of three or more pages, with the number
 * of the page or without. What comes there on some pages that follow closely (the name of a chapter) is kept once.
 */
export function withoutRunningLines(pages: readonly (readonly PdfLine[])[]): PdfLine[][] {
  const edges = pages.map(edgeLines);
  const places = new Map<string, number[]>();
  for (const [at, lines] of edges.entries()) {
    for (const key of new Set(lines.flatMap(keysOf))) places.set(key, [...(places.get(key) ?? []), at]);
  }
  const needed = Math.max(FEWEST, pages.length / 2);
  const runs = (key: string, at: number): boolean => {
    const on = places.get(key) ?? [];
    if (on.length >= needed) return true;
    const near = nearPages(on, at);
    return near.length >= FEWEST && (key.startsWith('#') || at !== near[0]);
  };
  return pages.map((lines, at) =>
    lines.filter((line) => {
      if (!edges[at]?.includes(line)) return true;
      if (LONE_NUMBER.test(line.text) && lines.length > 1) return false;
      return !keysOf(line).some((key) => runs(key, at));
    }),
  );
}

/** The highest and the lowest two lines. */
function edgeLines(lines: readonly PdfLine[]): PdfLine[] {
  const sorted = [...lines].sort((a, b) => b.y - a.y);
  return [...new Set([...sorted.slice(0, 2), ...sorted.slice(-2)])];
}

/**
 * The line itself, and the line with one of its numbers told by how far it is from the page: lines share a key when they
 * are the same but for the number of the page. Other numbers are data.
 */
function keysOf({ text, page }: PdfLine): string[] {
  const whole = /\p{L}{2}/u.test(text) ? [`=${text.toLowerCase()}`] : [];
  const numbered = [...text.matchAll(NUMBER)].map(({ 0: number, index }) => {
    const rest = `${text.slice(0, index)}#${text.slice(index + number.length)}`;
    return `#${numberOf(number) - page} ${rest.toLowerCase()}`;
  });
  return [...whole, ...numbered];
}

function numberOf(number: string): number {
  if (/\d/.test(number)) return Number(number);
  const digits = [...number.toLowerCase()].map((letter) => ROMAN_DIGITS[letter] ?? 0);
  return digits.reduce((sum, digit, at) => sum + (digit < (digits[at + 1] ?? 0) ? -digit : digit), 0);
}

/** Of the pages, ascending, those around one of them that stand next to each other, or on the same side. */
function nearPages(pages: readonly number[], page: number): readonly number[] {
  const isNear = (at: number) => (pages[at] ?? 0) - (pages[at - 1] ?? Number.NEGATIVE_INFINITY) <= 2;
  let first = pages.indexOf(page);
  let last = first;
  while (isNear(first)) first -= 1;
  while (isNear(last + 1) && last + 1 < pages.length) last += 1;
  return pages.slice(first, last + 1);
}
