import type { Span } from '../model/document.ts';
import {
  BEFORE_A_LABEL,
  BEFORE_A_NUMBER,
  CALENDAR,
  INSIDE_OR_END,
  MID_SENTENCE,
  SENTENCE_STARTERS,
  TITLES,
} from './sentence-words.ts';
import { textBlocks } from './text-lines.ts';

/** The segmenter's time grows faster than its input, so that it is given this many characters at a time. */
const WINDOW = 2_000;
/** Characters looked at on either side of a boundary. */
const REACH = 60;
/** A parenthesis that closes within this many characters is not broken. */
const PARENTHESIS_REACH = 200;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The sentences of `text`, as spans into it: ascending, disjoint, trimmed of white space, and covering every other character.
 * Boundaries are those of Unicode's UAX #29, corrected for abbreviations, initials, enumerators, quotes and line structure.
 */
export function splitSentences(text: string): Span[] {
  return textBlocks(text).flatMap((block) => splitBlock(text, block));
}

function splitBlock(text: string, block: Span): Span[] {
  const flat = text.slice(block.start, block.end).replace(/\s/g, ' ');
  const sentences: Span[] = [];
  let start = 0;
  let openParentheses = 0;
  let counted = 0;
  for (const boundary of boundaries(flat)) {
    if (boundary <= start) continue;
    openParentheses = Math.max(0, openParentheses + parenthesisBalance(flat, counted, boundary));
    counted = boundary;
    if (!endsSentence(flat, start, boundary, openParentheses > 0)) continue;
    sentences.push(trimmed(flat, start, boundary, block.start));
    start = boundary;
    openParentheses = 0;
  }
  sentences.push(trimmed(flat, start, flat.length, block.start));
  return joinPunctuation(text, sentences);
}

/** Candidate boundaries, ascending: those of the segmenter and those that it overlooks. */
function boundaries(flat: string): number[] {
  const found = new Set<number>();
  for (const boundary of segmented(flat))
    if (/[\s。！？]/u.test(flat[boundary - 1] ?? '')) found.add(boundary);
  // A footnote mark before the next sentence, and sentences that begin with a number or a bracketed letter.
  for (const match of flat.matchAll(/[.!?…]["'”’)]*(?:\[[\w ]{1,6}\])+\s+/gu)) {
    found.add(match.index + match[0].length);
  }
  for (const match of flat.matchAll(/[\p{L}\d%)”"]{2}[.]\s+(?=\d)/gu))
    found.add(match.index + match[0].length);
  for (const match of flat.matchAll(/[.;!?]\s+(?=\([a-z]{1,3}\)\s+\p{Lu})/gu))
    found.add(match.index + match[0].length);
  return [...found].sort((a, b) => a - b);
}

/** The segmenter's boundaries, found window by window; each window begins at a boundary. */
function* segmented(flat: string): Iterable<number> {
  let start = 0;
  let length = WINDOW;
  while (start < flat.length) {
    const end = Math.min(flat.length, start + length);
    const ends: number[] = [];
    for (const segment of segmenter.segment(flat.slice(start, end))) {
      ends.push(start + segment.index + segment.segment.length);
    }
    // What the window's end cut off is looked at again, in the next window or a longer one.
    if (end < flat.length) ends.pop();
    yield* ends;
    const last = ends.at(-1);
    if (last === undefined && end < flat.length && length < 8 * WINDOW) length *= 2;
    else {
      start = last ?? end;
      length = WINDOW;
    }
  }
}

/** Whether the text between `start` and `boundary` is a whole sentence, given what stands behind it. */
function endsSentence(flat: string, start: number, boundary: number, insideParenthesis: boolean): boolean {
  const left = flat.slice(Math.max(start, boundary - REACH), boundary).trimEnd();
  const whole = boundary - start <= REACH;
  const right = flat.slice(boundary, boundary + REACH).trimStart();
  if (whole && isEnumerator(left.trim())) return false;
  if (!/[\p{L}\p{N}]/u.test(right) && boundary + REACH >= flat.length) return false;
  const lowered = /^["'“‘(]*\p{Ll}/u.test(right) && !/^\([a-z]{1,3}\)\s+\p{Lu}/u.test(right);
  if (lowered && !/[。！？]$/u.test(left)) return false;
  if (insideParenthesis && /^[^(]*\)/.test(flat.slice(boundary, boundary + PARENTHESIS_REACH))) return false;
  return !endsWithAbbreviation(left, right);
}

/** "1.", "2)", "(a)", "iv.": the number of what follows. */
function isEnumerator(left: string): boolean {
  return /^(?:[-*+•‣◦▪–—]\s+)?(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|(?:\d{1,3}\.){2,4})$/u.test(left);
}

function endsWithAbbreviation(left: string, right: string): boolean {
  const match = /(?:^|(?<before>\S+)\s+|[(“"‘'[])(?<word>[\p{L}][\p{L}.'’]*)\.$/u.exec(left);
  const word = match?.groups?.word;
  if (word === undefined) return false;
  const lower = word.toLowerCase();
  const next = /^[“"‘'([]*([\p{L}\p{N}][\p{L}\p{N}.'’]*)/u.exec(right)?.[1] ?? '';
  const capitalised = /^\p{Lu}/u.test(word);
  if (MID_SENTENCE.has(lower) || (capitalised && TITLES.has(lower))) return true;
  if (/^\d|^[IVX]+\b/.test(next)) {
    if (BEFORE_A_NUMBER.has(lower) || /^\p{Ll}$/u.test(word)) return true;
    if (capitalised && CALENDAR.has(lower)) return true;
  }
  const starts = SENTENCE_STARTERS.has(next.toLowerCase());
  if (/^\p{Lu}$/u.test(word)) return !starts && !isLabel(match?.groups?.before ?? '', word);
  return (INSIDE_OR_END.has(lower) || /^(?:\p{L}\.)+\p{L}$/u.test(word)) && !starts;
}

/** A single capital that is no initial: "World War I.", "so did I." */
function isLabel(before: string, letter: string): boolean {
  if (BEFORE_A_LABEL.has(before.toLowerCase())) return true;
  return letter === 'I' && /^\p{Ll}/u.test(before);
}

function parenthesisBalance(flat: string, start: number, end: number): number {
  let balance = 0;
  for (let at = start; at < end; at++) {
    if (flat[at] === '(') balance++;
    else if (flat[at] === ')') balance--;
  }
  return balance;
}

function trimmed(flat: string, start: number, end: number, offset: number): Span {
  const piece = flat.slice(start, end);
  const from = start + piece.length - piece.trimStart().length;
  return { start: offset + from, end: offset + from + piece.trim().length };
}

/** Joins what holds no letter and no digit to the sentence before it, and moves stray closing marks there. */
function joinPunctuation(text: string, sentences: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const sentence of sentences) {
    if (sentence.end <= sentence.start) continue;
    const last = joined.at(-1);
    const words = text.slice(sentence.start, sentence.end);
    const closing = /^[”’»)\]]+(?=\s|$)/u.exec(words)?.[0].length ?? 0;
    if (last && !/[\p{L}\p{N}]/u.test(words)) joined[joined.length - 1] = { ...last, end: sentence.end };
    else if (last && closing > 0) {
      const end = sentence.start + closing;
      joined[joined.length - 1] = { ...last, end };
      const rest = trimmed(text, end, sentence.end, 0);
      if (rest.end > rest.start) joined.push(rest);
    } else joined.push(sentence);
  }
  return joined;
}
