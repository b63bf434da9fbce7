import { termsOf } from '../terms.ts';
import type { Focus } from './focus.ts';
import type { Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';
import { type Token, tokensOf } from './tokens.ts';
import { AUXILIARIES, EMPTY_NOUNS, isStop, PREPOSITIONS, RELATIONAL } from './word-classes.ts';

const ASKS_FOR_MORE =
  /\b(?:else|others?|another|more|too|also|as well|again|next|afterwards?|the same|still|instead)\b/i;

/** Whether a question that names nobody and nothing by name leans on the conversation. */
export function leansOn(question: string, focus: Focus): boolean {
  const tokens = tokensOf(question);
  const own = mentionsIn(question, { nouns: true });
  if (own.some((mention) => mention.proper)) return false;
  return (
    pointsBack(tokens) ||
    (ASKS_FOR_MORE.test(question) && solid(tokens).length <= 3) ||
    namesHalf(tokens, own, focus) ||
    solid(tokens).length === 0
  );
}

/** `this`, `that`, `these`, `those`, `there`, `then`, `one` with their meaning outside of the question. */
export function pointsBack(tokens: readonly Token[]): boolean {
  return tokens.some((token, i) => {
    const before = tokens[i - 1];
    const next = tokens[i + 1];
    const ends = next === undefined || next.afterBreak;
    const opens = before === undefined || AUXILIARIES.has(before.word) || PREPOSITIONS.has(before.word);
    if (/^(?:this|these|those)$/.test(token.word)) return true;
    if (token.word === 'that') return opens || ends;
    if (/^(?:there|then)$/.test(token.word))
      return ends && !(before !== undefined && AUXILIARIES.has(before.word) && i === 1);
    return /^ones?$/.test(token.word) && ends;
  });
}

/** "The result", "the band": a definite noun without more that is a result of something or was spoken of. */
function namesHalf(tokens: readonly Token[], own: readonly Mention[], focus: Focus): boolean {
  const spoken = new Set([...termsOf(focus.question), ...termsOf(focus.answer)].map((term) => term.stem));
  return own.some((mention) => {
    const before = tokens.findLast((token) => token.end < mention.start);
    const next = tokens.find((token) => token.start > mention.end);
    if (before?.word !== 'the' || mention.words.length > 2) return false;
    if (next !== undefined && !next.afterBreak && /^(?:of|for|in|that|who|which|between)$/.test(next.word))
      return false;
    const head = termsOf(mention.words.at(-1) ?? '')[0];
    return head !== undefined && (RELATIONAL.has(head.word) || spoken.has(head.stem));
  });
}

function solid(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => !isStop(token.word) && !EMPTY_NOUNS.has(token.word));
}
