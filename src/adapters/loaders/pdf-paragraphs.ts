import type { PdfLine } from './pdf-lines.ts';
import type { TextBuilder } from './text-builder.ts';

/** A larger font than the body's by this factor makes a heading of a short paragraph. */
const HEADING_SCALE = 1.15;
const LONGEST_HEADING = 200;
const BULLET = /^(?:[•◦▪‣·*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S/;
const SENTENCE_END = /[.!?:;]["'”’)\]]*$/;

/** Appends lines as paragraphs and headings: wrapped lines run on, hyphens at line ends are mended, pages are marked. */
export function appendParagraphs(pages: readonly (readonly PdfLine[])[], builder: TextBuilder): void {
  const lines = pages.flat();
  const bodySize = mostUsedSize(lines);
  const paragraphs = groupLines(lines);
  const isHeading = (paragraph: readonly PdfLine[]) =>
    (paragraph[0]?.size ?? 0) > bodySize * HEADING_SCALE &&
    paragraph.map((line) => line.text).join(' ').length <= LONGEST_HEADING;
  const sizes = new Set(paragraphs.filter(isHeading).map((paragraph) => rounded(paragraph[0]?.size ?? 0)));
  const levels = [...sizes].sort((a, b) => b - a);
  const hyphenated = hyphenatedWords(lines);
  let page = 0;
  const mark = (line: PdfLine) => {
    if (line.page !== page) builder.page(line.page);
    page = line.page;
  };
  for (const paragraph of paragraphs) {
    const [first] = paragraph;
    if (!first) continue;
    if (isHeading(paragraph)) {
      mark(first);
      const title = paragraph.map((line) => line.text).join(' ');
      builder.heading(levels.indexOf(rounded(first.size)) + 1, title);
    } else appendParagraph(paragraph, builder, mark, hyphenated);
  }
}

function appendParagraph(
  lines: readonly PdfLine[],
  builder: TextBuilder,
  mark: (line: PdfLine) => void,
  hyphenated: ReadonlySet<string>,
): void {
  let joiner: '' | ' ' | '\n\n' = '\n\n';
  lines.forEach((line, at) => {
    mark(line);
    const next = lines[at + 1];
    const isMended = next !== undefined && isSplitWord(line.text, next.text, hyphenated);
    builder.add(isMended ? line.text.slice(0, -1) : line.text, joiner);
    joiner = isMended || (next && endsInHyphen(line.text)) ? '' : ' ';
  });
}

function groupLines(lines: readonly PdfLine[]): PdfLine[][] {
  const paragraphs: PdfLine[][] = [];
  const leading = typicalLeading(lines);
  const rights = rightEdges(lines);
  lines.forEach((line, at) => {
    const previous = lines[at - 1];
    const current = paragraphs.at(-1);
    if (previous && current && continues(previous, line, leading, rights)) current.push(line);
    else paragraphs.push([line]);
  });
  return paragraphs;
}

/** Whether `next` belongs to the paragraph that `line` is part of. */
function continues(
  line: PdfLine,
  next: PdfLine,
  leading: number,
  rights: ReadonlyMap<string, number>,
): boolean {
  if (Math.abs(line.size - next.size) > 0.12 * line.size || BULLET.test(next.text)) return false;
  const isEnded = SENTENCE_END.test(line.text);
  const missing = (rights.get(columnOf(line)) ?? line.right) - line.right;
  const width = line.right + missing - line.left;
  if (missing > 0.45 * width || (isEnded && missing > 0.12 * width)) return false;
  const gap = line.y - next.y;
  // A new page or a new column: the sentence tells whether the paragraph goes on there.
  if (line.page !== next.page || gap <= 0) return !isEnded;
  if (gap > 1.4 * Math.max(leading, line.size)) return false;
  const isIndented = next.left > line.left + 0.8 * line.size && !BULLET.test(line.text);
  return !(isIndented && isEnded);
}

/** The right edge of each column: the farthest right end of lines of one page that begin about where it begins. */
function rightEdges(lines: readonly PdfLine[]): Map<string, number> {
  const edges = new Map<string, number>();
  for (const line of lines) {
    const column = columnOf(line);
    edges.set(column, Math.max(edges.get(column) ?? 0, line.right));
  }
  return edges;
}

function columnOf(line: PdfLine): string {
  return `${line.page}:${Math.round(line.left / 72)}:${rounded(line.size)}`;
}

function typicalLeading(lines: readonly PdfLine[]): number {
  const gaps = lines
    .map((line, at) => {
      const next = lines[at + 1];
      return next && next.page === line.page ? line.y - next.y : 0;
    })
    .filter((gap) => gap > 1)
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? 0;
}

function mostUsedSize(lines: readonly PdfLine[]): number {
  const characters = new Map<number, number>();
  for (const { size, text } of lines) {
    characters.set(rounded(size), (characters.get(rounded(size)) ?? 0) + text.length);
  }
  return [...characters].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}

/** A hyphen at a line's end splits a word, unless the document writes that very word with a hyphen elsewhere. */
function isSplitWord(line: string, next: string, hyphenated: ReadonlySet<string>): boolean {
  if (line.endsWith('\u00ad')) return true;
  const left = /(\p{L}+)[-\u2010]$/u.exec(line)?.[1];
  const right = /^\p{Ll}+/u.exec(next)?.[0];
  if (left === undefined || right === undefined) return false;
  return !hyphenated.has(`${left}-${right}`.toLowerCase());
}

function endsInHyphen(line: string): boolean {
  return /[\p{L}\p{N}][-\u2010]$/u.test(line);
}

function hyphenatedWords(lines: readonly PdfLine[]): ReadonlySet<string> {
  const words = lines.flatMap((line) => line.text.match(/\p{L}+[-\u2010]\p{L}+/gu) ?? []);
  return new Set(words.map((word) => word.replace('\u2010', '-').toLowerCase()));
}
