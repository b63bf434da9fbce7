import { termsOf } from '../terms.ts';
import type { Focus } from './focus.ts';
import { isNounPhrase } from './fragment.ts';
import { withoutLead } from './lead.ts';
import type { Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';
import { type Token, tokensOf } from './tokens.ts';
import { isVerb } from './verbs.ts';
import { AUXILIARIES, EMPTY_NOUNS, isStop, PREPOSITIONS, RELATIONAL, TIMES } from './word-classes.ts';

/** Words of its own that a question without a name may have and still lean on what was said before. */
const SHORT = 2;
/** Words of its own from which a question of which nothing was said before opens a topic. */
const NEW = 4;
/** Words of its own from which a question says enough by itself. */
const COMPLETE = 9;
const CONTINUES = /^\W*(?:and|but)\b/i;
const ASKS_FOR_MORE =
  /\b(?:else|others?|another|more|too|also|as well|again|next|afterwards?|the same|still|instead)\b/i;

/** Whether a question that names nobody and nothing by name leans on the conversation. */
export function leansOn(question: string, focus: Focus): boolean {
  const tokens = tokensOf(question);
  const own = mentionsIn(question, { nouns: true });
  if (own.some((mention) => mention.proper)) return false;
  if (isNounPhrase(withoutLead(question))) return true;
  if (own.some((mention) => isNew(mention, focus))) return false;
  return (
    pointsBack(tokens) ||
    (ASKS_FOR_MORE.test(question) && solid(tokens).length <= 3) ||
    namesHalf(tokens, own, focus) ||
    solid(tokens).length === 0 ||
    CONTINUES.test(question) ||
    (!/\b(?:I|my)\b/i.test(question) && staysOnTopic(solid(tokens), focus)) ||
    isCount(question)
  );
}

/** Several words that together name something, none of them spoken of before. */
function isNew(mention: Mention, focus: Focus): boolean {
  const stems = termsOf(mention.words.join(' ')).filter(
    (term) => !EMPTY_NOUNS.has(term.word) && !isStop(term.word),
  );
  return stems.length >= 2 && !stems.some((term) => focus.stems.has(term.stem));
}

/** Whether a question brings a subject of its own: enough words, none of them spoken of before. */
export function changesTopic(question: string, focus: Focus): boolean {
  const words = solid(tokensOf(question));
  if (words.length >= COMPLETE) return true;
  return words.length >= NEW && !words.some((token) => focus.stems.has(token.stem));
}

/** `this`, `that`, `these`, `those`, `there`, `then`, `one` with their meaning outside of the question. */
function pointsBack(tokens: readonly Token[]): boolean {
  return tokens.some((token, i) => {
    const before = tokens[i - 1];
    const next = tokens[i + 1];
    const ends = next === undefined || next.afterBreak;
    const opens = before === undefined || AUXILIARIES.has(before.word) || PREPOSITIONS.has(before.word);
    if (/^(?:this|these|those)$/.test(token.word)) return next === undefined || !TIMES.has(next.word);
    if (token.word === 'that') return opens || ends;
    if (/^(?:there|then)$/.test(token.word))
      return ends && i > 0 && !(before !== undefined && AUXILIARIES.has(before.word));
    return /^ones?$/.test(token.word) && ends;
  });
}

/** "The result", "the band": a definite noun without more that is a result of something or was spoken of. */
function namesHalf(tokens: readonly Token[], own: readonly Mention[], focus: Focus): boolean {
  return own.some((mention) => {
    const before = tokens.findLast((token) => token.end < mention.start);
    const next = tokens.find((token) => token.start > mention.end);
    if (before?.word !== 'the' || mention.words.length > 2) return false;
    if (next !== undefined && !next.afterBreak && /^(?:of|for|in|that|who|which|between)$/.test(next.word))
      return false;
    const head = termsOf(mention.words.at(-1) ?? '')[0];
    return head !== undefined && (RELATIONAL.has(head.word) || focus.stems.has(head.stem));
  });
}

/** "How many teams?", "what year?": a question word and a noun, and nothing said of it. */
function isCount(question: string): boolean {
  return (
    /^\W*(?:how (?:many|much)|what|which|whose)(?: \w+){0,3}\W*$/i.test(question) &&
    !tokensOf(question).some((token) => AUXILIARIES.has(token.word) || isVerb(token.word))
  );
}

/** A short question in words that were just used. */
function staysOnTopic(words: readonly Token[], focus: Focus): boolean {
  return words.length <= SHORT && words.some((token) => focus.stems.has(token.stem));
}

function solid(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => !isStop(token.word) && !EMPTY_NOUNS.has(token.word));
}
