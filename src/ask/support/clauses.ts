import { type Token, tokensOf } from '../contextualise/tokens.ts';
import { isVerb, isVerbAfter } from '../contextualise/verbs.ts';
import { AUXILIARIES, DETERMINERS, isStop, setOf } from '../contextualise/word-classes.ts';
import { plainWords } from './plain-words.ts';

/** What opens a statement of its own. "Because", "after" and the like do not: they claim a bond with the rest. */
const CUTTERS = setOf('and but while whereas although though which who whose whom');
const OPENERS = setOf(
  'and but while whereas although though which who whose whom when because so where after before until since as yet',
);
const JOINERS = setOf('and but while whereas');
const FEWEST_WORDS = 3;

/**
 * The statements that a sentence makes, each with its own subject or the one that it shares: "X, the son of Y, left and
 * joined Z" gives "X the son of Y", "X left", "X joined Z". The sentence alone where it cannot be parted.
 */
export function clausesOf(sentence: string): string[] {
  const text = plainWords(sentence);
  const tokens = tokensOf(text);
  const cuts = cutsIn(text, tokens);
  if (cuts.length === 0) return [text];
  const pieces = merged(tokens, [0, ...cuts, tokens.length]);
  if (pieces.length < 2) return [text];
  const subject = subjectOf(text, tokens);
  const clauses = pieces.flatMap(([from, to], i) => {
    const piece = sliceTokens(text, tokens, from, to);
    // A subject alone claims nothing: the statements about it repeat it.
    if (i === 0 && piece === subject) return [];
    if (i === 0) return [piece];
    if (hasOwnSubject(tokens, from, to))
      return [subject === undefined ? piece : piece.replace(PRONOUN, `$1${subject}`)];
    const owner = isRelative(tokens, from) ? (nounBefore(text, tokens, from) ?? subject) : subject;
    return [owner === undefined ? piece : `${owner} ${piece.replace(/^(?:and|but|which|who|that) /i, '')}`];
  });
  return saysAll(clauses, tokens) ? clauses : [text];
}

/** "He", "it" as the subject of a later statement: whom the first is about. */
const PRONOUN = /^((?:and |but |while |whereas |although )?)(?:he|she|it|they)\b/i;

/** Whether no word got lost: what is in no clause would never be checked. */
function saysAll(clauses: readonly string[], tokens: readonly Token[]): boolean {
  const said = new Set(clauses.flatMap((clause) => tokensOf(clause).map(({ word }) => word)));
  return tokens.every(
    ({ word }) => said.has(word) || OPENERS.has(word) || /^(?:that|he|she|it|they)$/.test(word),
  );
}

function cutsIn(text: string, tokens: readonly Token[]): number[] {
  const cuts: number[] = [];
  tokens.forEach((token, at) => {
    if (at === 0) return;
    const gap = text.slice(tokens[at - 1]?.end ?? 0, token.start);
    if (/[;:]|\s[-–—]\s|—/.test(gap)) cuts.push(at);
    else if (/,/.test(gap) && opensClause(tokens, at)) cuts.push(at);
    else if (JOINERS.has(token.word) && (startsVerb(tokens, at + 1) || hasOwnSubject(tokens, at, at + 7)))
      cuts.push(at);
    else if (/^(?:who|which|while|whereas|although)$/.test(token.word)) cuts.push(at);
  });
  return cuts;
}

function opensClause(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  return (
    CUTTERS.has(word) ||
    /ing$/.test(word) ||
    DETERMINERS.has(word) ||
    startsVerb(tokens, at) ||
    tokens[at]?.capital === true
  );
}

/** Joins pieces that state nothing of their own to their neighbour: without a verb and no apposition, or too short. */
function merged(tokens: readonly Token[], borders: readonly number[]): [number, number][] {
  const pieces: [number, number][] = [];
  for (let i = 0; i + 1 < borders.length; i++) {
    const [from = 0, to = 0] = [borders[i], borders[i + 1]];
    const last = pieces.at(-1);
    if (last === undefined) pieces.push([from, to]);
    else if (!statesMuch(tokens, from, to) || !statesMuch(tokens, last[0], last[1], pieces.length === 1))
      last[1] = to;
    else pieces.push([from, to]);
  }
  return pieces;
}

function statesMuch(tokens: readonly Token[], from: number, to: number, first = false): boolean {
  const piece = tokens.slice(from, to);
  const content = piece.filter(({ word }) => !isStop(word));
  if (first)
    return (
      piece.some((_, i) => isVerbal(tokens, from + i)) ||
      (piece.length <= 4 && content.some(({ capital }) => capital))
    );
  if (content.length < 2 || piece.length < FEWEST_WORDS) return false;
  return hasVerb(tokens, from, to) || DETERMINERS.has(piece[0]?.word ?? '');
}

function hasVerb(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from, to).some((_, i) => isVerbal(tokens, from + i));
}

function isVerbal(tokens: readonly Token[], at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (token === undefined || token.capital) return false;
  return (
    AUXILIARIES.has(token.word) ||
    isVerb(token.word) ||
    (before !== undefined && isVerbAfter(before, token.word))
  );
}

function startsVerb(tokens: readonly Token[], at: number): boolean {
  let first = at;
  while (/ly$|^(?:then|later|also|not|never|now|still)$/.test(tokens[first]?.word ?? '')) first += 1;
  const token = tokens[first];
  return (
    token !== undefined &&
    !token.capital &&
    (AUXILIARIES.has(token.word) || (isVerb(token.word) && !/ing$/.test(token.word)))
  );
}

/** Whether a noun stands before the first verb of a piece. */
function hasOwnSubject(tokens: readonly Token[], from: number, to: number): boolean {
  if (isRelative(tokens, from)) return false;
  let at = from;
  while (at < to && (OPENERS.has(tokens[at]?.word ?? '') || DETERMINERS.has(tokens[at]?.word ?? ''))) at += 1;
  let nouns = 0;
  for (; at < to && at < tokens.length && nouns < 6; at++) {
    if (isVerbal(tokens, at)) return nouns > 0;
    const token = tokens[at];
    if (token === undefined) return false;
    if (/^(?:he|she|it|they|this|these|those|that)$/.test(token.word) || !isStop(token.word)) nouns += 1;
  }
  return false;
}

function isRelative(tokens: readonly Token[], from: number): boolean {
  return /^(?:which|who|whose|whom)$/.test(tokens[from]?.word ?? '');
}

/** The words before the first verb, where they are few. */
function subjectOf(text: string, tokens: readonly Token[]): string | undefined {
  const verb = tokens.findIndex((_, at) => at > 0 && isVerbal(tokens, at));
  const broken = tokens.findIndex((token, at) => at > 0 && token.afterBreak);
  const opensAside = /^(?:in|on|at|after|before|during|since|for|by|when|while|as|from|with|according)$/.test(
    tokens[0]?.word ?? '',
  );
  const from = opensAside && broken > 0 && broken < verb ? broken : 0;
  const end = !opensAside && broken > 0 && broken < verb ? broken : verb;
  return end <= from || end - from > 8 ? undefined : sliceTokens(text, tokens, from, end);
}

function nounBefore(text: string, tokens: readonly Token[], at: number): string | undefined {
  let from = at;
  while (from > 0 && !isStop(tokens[from - 1]?.word ?? '') && !(from < at && tokens[from]?.afterBreak))
    from -= 1;
  return from === at ? undefined : sliceTokens(text, tokens, from, at);
}

function sliceTokens(text: string, tokens: readonly Token[], from: number, to: number): string {
  return text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? text.length);
}
