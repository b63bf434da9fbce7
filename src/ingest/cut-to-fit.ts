import type { Span } from '../model/document.ts';

/** A stretch of text with its length in tokens. */
export interface CountedSpan extends Span {
  readonly tokens: number;
}

/** Ends of clauses and lines, where a cut hurts least. */
const CLAUSE_END = /[,;:.!?)\]}”—–]$/u;

/**
 * The span itself when it fits the budget; else pieces of it that do, cut at the last clause or line end in the second half of
 * each, or between words, or within a word that alone is too long.
 */
export function cutToFit(
  text: string,
  span: Span,
  limits: { readonly budget: number; readonly countTokens: (text: string) => number },
): CountedSpan[] {
  const tokens = limits.countTokens(text.slice(span.start, span.end));
  if (tokens <= limits.budget) return [{ ...span, tokens }];
  const words = [...wordsOf(text, span)].flatMap((word) => cutWord(text, word, limits));
  return packWords(text, words, limits.budget);
}

function* wordsOf(text: string, span: Span): Iterable<Span> {
  for (const match of text.slice(span.start, span.end).matchAll(/\S+/g)) {
    const start = span.start + match.index;
    yield { start, end: start + match[0].length };
  }
}

/** Halves a word until each part fits, never within a surrogate pair. */
function cutWord(
  text: string,
  word: Span,
  limits: { readonly budget: number; readonly countTokens: (text: string) => number },
): CountedSpan[] {
  const tokens = limits.countTokens(text.slice(word.start, word.end));
  const middle = (word.start + word.end) >> 1;
  const cut = /[\uDC00-\uDFFF]/.test(text[middle] ?? '') ? middle + 1 : middle;
  if (tokens <= limits.budget || cut <= word.start || cut >= word.end) return [{ ...word, tokens }];
  return [
    ...cutWord(text, { start: word.start, end: cut }, limits),
    ...cutWord(text, { start: cut, end: word.end }, limits),
  ];
}

function packWords(text: string, words: readonly CountedSpan[], budget: number): CountedSpan[] {
  const pieces: CountedSpan[] = [];
  let first = 0;
  while (first < words.length) {
    const next = endOfPiece(text, words, first, budget);
    const start = words[first]?.start ?? 0;
    const end = words[next - 1]?.end ?? start;
    const tokens = words.slice(first, next).reduce((sum, word) => sum + word.tokens, 0);
    pieces.push({ start, end, tokens });
    first = next;
  }
  return pieces;
}

/** Index behind the last word of the piece that begins with word `first`. */
function endOfPiece(text: string, words: readonly CountedSpan[], first: number, budget: number): number {
  let tokens = 0;
  let clauseEnd = 0;
  for (let at = first; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    tokens += word.tokens;
    if (tokens > budget && at > first) return clauseEnd > first ? clauseEnd : at;
    const endsLine = text.slice(word.end, words[at + 1]?.start ?? word.end).includes('\n');
    const endsClause = endsLine || CLAUSE_END.test(text.slice(word.start, word.end));
    if (endsClause && tokens > budget / 2) clauseEnd = at + 1;
  }
  return words.length;
}
