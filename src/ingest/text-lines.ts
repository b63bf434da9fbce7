import type { Span } from '../model/document.ts';
import { CONTINUING_WORDS, TITLES } from './sentence-words.ts';

/** Lines at least this long may have been broken by a fixed width. */
const LEAST_WRAP_WIDTH = 40;
/** Longer lines are paragraphs of their own: nobody wraps at that width. */
const MOST_WRAP_WIDTH = 160;

const BULLET = /^(?:[-*+•‣◦▪–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s/u;
const NUMBERED = /^\(?[\da-zA-Z]/;
const HEADING = /^#{1,6}\s/;
const TERMINAL = /[.!?…。！？][\p{Pe}\p{Pf}"'*_\]]*$/u;
const CONTINUED = /[,;(–—&/-]$/u;

/**
 * Stretches of `text` that a sentence may not cross, ascending and trimmed: paragraphs, list items, headings and lines
 * that stand alone. Lines that a fixed width broke stay together.
 */
export function textBlocks(text: string): Span[] {
  const blocks: Span[] = [];
  for (const paragraph of paragraphs(text)) {
    const width = paragraph.reduce((widest, line) => Math.max(widest, line.words.length), 0);
    let block: { start: number; end: number } | undefined;
    let previous: Line | undefined;
    for (const line of paragraph) {
      if (block && previous && continues(previous, line, width)) block.end = line.end;
      else {
        block = { start: line.start, end: line.end };
        blocks.push(block);
      }
      previous = line;
    }
  }
  return blocks;
}

interface Line extends Span {
  readonly words: string;
}

function* paragraphs(text: string): Iterable<Line[]> {
  let lines: Line[] = [];
  for (const match of text.matchAll(/[^\n\r\f\u2028\u2029]+|\r\n|[\n\r\f\u2028\u2029]/gu)) {
    const words = match[0].trim();
    const blank = words === '' && !/^(?:\r\n|[\n\r\u2028])$/.test(match[0]);
    if (words !== '') {
      const start = match.index + match[0].length - match[0].trimStart().length;
      lines.push({ start, end: start + words.length, words });
    }
    if (lines.length > 0 && (blank || endsParagraph(text, match.index, match[0]))) {
      yield lines;
      lines = [];
    }
  }
  if (lines.length > 0) yield lines;
}

/** A line end followed by another one. */
function endsParagraph(text: string, index: number, matched: string): boolean {
  if (matched.trim() !== '') return false;
  const next = text[index + matched.length];
  return next === '\n' || next === '\r' || matched === '\f' || matched === '\u2029';
}

function continues(previous: Line, line: Line, width: number): boolean {
  if (HEADING.test(line.words) || HEADING.test(previous.words)) return false;
  const full = wasWrapped(previous, line, width);
  const ended = TERMINAL.test(previous.words);
  if (BULLET.test(line.words)) return NUMBERED.test(line.words) && full && !ended;
  if (/^\p{Ll}/u.test(line.words)) return true;
  if (ended && !full) return endsWithTitle(previous.words);
  return full || (!ended && expectsMore(previous.words));
}

/** True when the next line's first word would not have fitted behind the previous line. */
function wasWrapped(previous: Line, line: Line, width: number): boolean {
  if (width < LEAST_WRAP_WIDTH || width > MOST_WRAP_WIDTH) return false;
  const firstWord = /^\S+/.exec(line.words)?.[0] ?? '';
  return previous.words.length + 1 + firstWord.length > width;
}

function expectsMore(words: string): boolean {
  if (CONTINUED.test(words)) return true;
  const lastWord = /\S+$/.exec(words)?.[0] ?? '';
  return CONTINUING_WORDS.has(lastWord) && words.includes(' ');
}

function endsWithTitle(words: string): boolean {
  const lastWord = /([\p{L}.]+)\.$/u.exec(words)?.[1] ?? '';
  return /^\p{Lu}/u.test(lastWord) && TITLES.has(lastWord.toLowerCase());
}
