import type { Span } from '../model/document.ts';
import { introduces } from '../model/introduces.ts';
import { oneLine } from '../model/one-line.ts';
import type { Passage } from '../model/passage.ts';
import { goesOn, leansBack } from './leaning.ts';

/** What is quoted of a passage; where its lines mean something (code, a list), they are kept when it is told. */
export interface Excerpt extends Span {
  readonly hasLines: boolean;
  /** Indices of the first and the last sentence that it takes in. */
  readonly first: number;
  readonly last: number;
}

/** What would make a quote longer than this is not taken in: UTF-16 code units. */
const MOST_TAKEN_IN = 900;

const ITEM = /^(?:[-*+•‣◦▪]|\d{1,3}[.)])\s/;
const FENCED = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?\n?[^\S\n]*\1$/;
const FENCE = /^[^\S\n]*(?:`{3,}|~{3,})/m;
const LINE_OF_CODE = /[{}]\s*$|[)\]}'"]\s*;\s*$|\s=\s.*;\s*$|^\s*(?:\/\/|[})\]])|=>|\w\(.*\)\s*$/;
/** What marks a list item, a quotation or a place to link to, before the words. */
const MARKS = /^(?:(?:>|[-*+•‣◦▪])\s+|<a\s[^>]*>\s*<\/a>\s*)+/;
/** The end of an admonition (`:::`), which stands behind its last sentence. */
const CLOSING = /\s*\n\s*:{3,}$/;
const TABLE_ROW = /^\|\s*([^\n]*\S)\s*\|$/;

/** A line that names what the next one tells of: an option, a function with its arguments, a single word. */
const TERM = /^(?:--?[\w<[][^\n]*|[\w.$]+\([^\n]*\)|(?=\S*\p{L})[\p{L}\p{N}][\p{L}\p{N}_.$/-]*)$/u;
const ENDED = /[.!?:;,…]["'”’)]*$/;
/** Characters of such a line, and how many may stand above one another. */
const LONGEST_TERM = 100;
const MOST_TERMS = 3;

/**
 * What to quote for a sentence: the sentence without the marks of a list or quotation; a sentence that ends in a colon
 * with the list or the code that it introduces, and code with the sentence that introduces it; what is said of a term
 * with the line of the term; a sentence that leans on the one before it ("It…") with that one.
 */
export function excerptOf(passage: Passage, index: number): Excerpt | undefined {
  const text = textOf(passage, index);
  const own = passage.sentences[index];
  if (text === undefined || own === undefined) return undefined;
  const code = isCode(text);
  const first = code && introduces(textOf(passage, index - 1) ?? '') ? index - 1 : firstTerm(passage, index);
  const last = introduces(text) ? lastIntroduced(passage, index) : index;
  const whole = {
    start: passage.sentences[first]?.start ?? own.start,
    end: passage.sentences[last]?.end ?? own.end,
  };
  if (first === last || whole.end - whole.start > MOST_TAKEN_IN)
    return { ...sentenceInContext(passage, index), hasLines: code, last: index };
  const start =
    whole.start + marksOf(passage.text.slice(whole.start - passage.start, whole.end - passage.start));
  return { ...whole, start, hasLines: true, first, last };
}

/** The same with the sentence behind it, where that goes on with what it says. */
export function continued(passage: Passage, excerpt: Excerpt): Excerpt {
  const last = excerpt.last + 1;
  if (excerpt.hasLines || !goesOn(passage, last)) return excerpt;
  const { end } = withoutMarks(passage, last);
  return end - excerpt.start > MOST_TAKEN_IN ? excerpt : { ...excerpt, end, last };
}

/** Both in one; where either has lines, the first stays as it is. */
export function joined(one: Excerpt, other: Excerpt): Excerpt {
  if (one.hasLines || other.hasLines) return one;
  return {
    start: Math.min(one.start, other.start),
    end: Math.max(one.end, other.end),
    hasLines: false,
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
  };
}

/** Whether a sentence is code, whole. */
export function isCode(text: string): boolean {
  return FENCED.test(text);
}

/** Whether a sentence can be shown: a piece of code cut off, or more code than anybody reads as an answer, cannot. */
export function isPresentable(text: string): boolean {
  if (isCode(text)) return text.length <= MOST_TAKEN_IN;
  const lines = text.split('\n');
  if (lines.length === 1) return true;
  return !FENCE.test(text) && lines.filter((line) => LINE_OF_CODE.test(line)).length <= lines.length / 2;
}

/** An excerpt's words as they are told: with its lines, moved to the margin, or in one. */
export function wordsOf(quote: string, { hasLines }: Pick<Excerpt, 'hasLines'>): string {
  if (!hasLines) return oneLine(quote);
  const [first, ...rest] = quote.split('\n');
  const margins = rest
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...margins);
  return [first, ...rest.map((line) => line.slice(margin))].join('\n');
}

/** Index of the first of the terms right above a sentence; its own where there is none. */
function firstTerm(passage: Passage, index: number): number {
  let first = index;
  while (first > 0 && index - first < MOST_TERMS && /^[^\S\n]*\n[^\S\n]*$/.test(gapBefore(passage, first))) {
    const line = textOf(passage, first - 1) ?? '';
    if (line.length > LONGEST_TERM || !TERM.test(line) || ENDED.test(line)) break;
    first -= 1;
  }
  return first;
}

/** Index of the last sentence of the code or the list behind a sentence; its own when neither follows. */
function lastIntroduced(passage: Passage, index: number): number {
  const next = textOf(passage, index + 1);
  if (next === undefined || !startsLine(passage, index + 1)) return index;
  if (isCode(next)) return index + 1;
  if (!ITEM.test(next)) return index;
  const start = passage.sentences[index]?.start ?? 0;
  let last = index;
  for (let at = index + 1; at < passage.sentences.length; at++) {
    const isSameItem = !startsLine(passage, at) || /\n[ \t]{2,}$/.test(gapBefore(passage, at));
    if (!isSameItem && !ITEM.test(textOf(passage, at) ?? '')) break;
    if ((passage.sentences[at]?.end ?? 0) - start > MOST_TAKEN_IN) break;
    last = at;
  }
  return last;
}

function startsLine(passage: Passage, index: number): boolean {
  return gapBefore(passage, index).includes('\n');
}

/** What stands between a sentence and the one before it. */
function gapBefore({ start: from, text, sentences }: Passage, index: number): string {
  const [before, own] = [sentences[index - 1], sentences[index]];
  return before && own ? text.slice(before.end - from, own.start - from) : '';
}

/** A sentence, with the one before it where it leans on that. */
function sentenceInContext(passage: Passage, index: number): Span & Pick<Excerpt, 'first'> {
  const own = withoutMarks(passage, index);
  const { start } = leansBack(passage, index) ? withoutMarks(passage, index - 1) : own;
  if (start === own.start || own.end - start > MOST_TAKEN_IN) return { ...own, first: index };
  return { start, end: own.end, first: index - 1 };
}

/** Where a sentence stands without the marks of a list, a quotation or a table. */
export function withoutMarks(passage: Passage, index: number): Span {
  const { start, end } = passage.sentences[index] ?? { start: 0, end: 0 };
  const text = textOf(passage, index) ?? '';
  const cells = TABLE_ROW.exec(text)?.[1];
  if (cells !== undefined) {
    const from = start + text.indexOf(cells);
    return { start: from, end: from + cells.length };
  }
  return { start: start + marksOf(text), end: end - (CLOSING.exec(text)?.[0].length ?? 0) };
}

/** Length of the marks before the words; 0 when there are no words behind them. */
function marksOf(text: string): number {
  const length = MARKS.exec(text)?.[0].length ?? 0;
  return length < text.length ? length : 0;
}

function textOf({ start: from, text, sentences }: Passage, index: number): string | undefined {
  const span = sentences[index];
  return span && text.slice(span.start - from, span.end - from);
}
