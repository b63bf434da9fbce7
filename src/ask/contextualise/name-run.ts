import type { Token } from './tokens.ts';
import { isVerb, isVerbAfter, mayBeVerb } from './verbs.ts';
import { AUXILIARIES, DETERMINERS, isStop, QUESTION_WORDS, setOf } from './word-classes.ts';

/** Lower-case words within names. */
const PARTICLES = setOf('de del von van der al el bin ibn la le di da');
/** Words after which a verb or an adjective is due, not a noun: "was he born", "the most popular". */
const PREDICATE_OPENERS = setOf('he she it they we you i most very so too how');
const DO_OR_MODAL = setOf('do does did can could will would should');
const MOST_WORDS = 7;

/** Index after the last word of the run that begins at `from`; `from` itself when none begins there. */
export function endOfRun(tokens: readonly Token[], from: number, nouns: boolean): number {
  if (!canStart(tokens, from, nouns)) return from;
  let end = from + 1;
  while (end < tokens.length && end - from < MOST_WORDS) {
    const token = tokens[end];
    const before = tokens[end - 1];
    if (token === undefined || before === undefined || token.afterBreak || before.possessive) break;
    if (before.capital && !token.capital && isBareName(tokens, from, end, nouns)) break;
    if (continuesRun(before, token, nouns)) end += 1;
    else if (linkLength(tokens, end, nouns) > 0) end += linkLength(tokens, end, nouns);
    else break;
  }
  return withoutFinalVerb(tokens, from, end);
}

/** "Syrian" in "a Syrian general" names nothing by itself. */
export function isAdjective(tokens: readonly Token[], from: number, end: number): boolean {
  const [word, next] = [tokens[from], tokens[end]];
  if (word === undefined || next === undefined || end - from > 1 || next.afterBreak || next.capital)
    return false;
  return word.capital && /(?:[iec]an|ish|ese|ench|utch)$/.test(word.word) && !isStop(next.word);
}

/** A name without an article takes no noun after it, as in "Corgan well", but for a plural: "French agents". */
function isBareName(tokens: readonly Token[], from: number, at: number, nouns: boolean): boolean {
  const next = tokens[at];
  if (next === undefined || next.word === 'of' || PARTICLES.has(next.word) || /^\d/.test(next.word))
    return false;
  const before = tokens[from]?.afterBreak ? undefined : tokens[from - 1];
  if (before !== undefined && (nouns ? DETERMINERS.has(before.word) : before.word === 'the')) return false;
  return !nouns || !/[^s]s$/.test(next.word);
}

/** "How does the star game work": the last word, after `does`, is the verb; it must be where the clause ends. */
function withoutFinalVerb(tokens: readonly Token[], from: number, end: number): number {
  const last = tokens[end - 1];
  const next = tokens[end];
  const ends = next === undefined || next.afterBreak;
  if (last === undefined || last.capital || end - from < 2 || !(ends || isStop(next.word))) return end;
  const before = tokens.slice(Math.max(0, from - 3), from);
  const opened = before.findIndex((token) => DO_OR_MODAL.has(token.word));
  if (opened < 0) return end;
  const clauseIsRun = ends && before.slice(opened + 1).every((token) => DETERMINERS.has(token.word));
  return clauseIsRun || mayBeVerb(last.word) ? end - 1 : end;
}

function canStart(tokens: readonly Token[], at: number, nouns: boolean): boolean {
  const token = tokens[at];
  if (token === undefined || isSilent(token)) return false;
  if (token.capital && !token.opensSentence) return true;
  if (token.capital) return nouns || opensWithName(tokens, at);
  if (!nouns) return /^\d/.test(token.word) && tokens[at + 1]?.capital === true;
  const before = tokens[at - 1];
  if (before === undefined || token.afterBreak) return !isVerb(token.word);
  if (PREDICATE_OPENERS.has(before.word)) return false;
  if (QUESTION_WORDS.has(before.word)) return !isVerb(token.word);
  return DETERMINERS.has(before.word) || !isVerb(token.word);
}

/** A capital at the start of a sentence is a name's when another capital or an auxiliary or a verb follows it. */
export function opensWithName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.possessive || next === undefined) return true;
  if (next.afterBreak) return false;
  if (next.word === 'and') return tokens[at + 2]?.capital === true || tokens[at + 3]?.capital === true;
  return next.capital || AUXILIARIES.has(next.word) || isVerbAfter({ capital: true }, next.word);
}

function continuesRun(before: Token, token: Token, nouns: boolean): boolean {
  if (token.capital)
    return !isSilent(token) && (before.capital || PARTICLES.has(before.word) || /^\d/.test(before.word));
  if (PARTICLES.has(token.word)) return true;
  if (before.capital && /^\d{1,4}$/.test(token.word)) return true;
  if (isStop(token.word)) return false;
  if (!nouns && !before.capital) return false;
  if (/[^s]s$/.test(before.word) && !before.capital && mayBeVerb(token.word)) return false;
  return !isVerbAfter(before, token.word);
}

/** A word without a subject of its own; "US" and "WHO" are not "us" and "who". */
function isSilent(token: Token): boolean {
  if (token.written.length > 1 && token.written === token.written.toUpperCase() && token.capital)
    return false;
  return isStop(token.word) || QUESTION_WORDS.has(token.word);
}

/** Words from `of` up to and with the next word of the run; 0 when it does not go on. */
function linkLength(tokens: readonly Token[], at: number, nouns: boolean): number {
  if (tokens[at]?.word !== 'of') return 0;
  const skip = tokens[at + 1]?.word === 'the' ? 2 : 1;
  const next = tokens[at + skip];
  if (next === undefined || next.afterBreak || isStop(next.word)) return 0;
  return next.capital || nouns ? skip + 1 : 0;
}
