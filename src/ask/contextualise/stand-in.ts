import { uncapitalise } from '../letter-case.ts';
import type { Focus } from './focus.ts';
import { headOf, type Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';
import { tokensOf } from './tokens.ts';
import { PREPOSITIONS } from './word-classes.ts';

/** "The other one" does not say which. */
const ONE_OF_THAT_KIND = /^(?!(?:the |an? )?(?:other|same)\b)((?:the|an?) )?(.+) ones?$/i;
const ARTICLE = /^(?:the|an?) /i;
const ARTICLE_BEFORE = /\b(?:the|an?) $/i;

/**
 * The last question with a phrase in place of the one that it is like: "How much is the annual plan?" — "And the monthly
 * plan?", "And the monthly one?"; "How is it installed with npm?" — "And with Docker?". Undefined where none is like it.
 * Without an "and" or "what about" a phrase is rather a topic of its own.
 */
export function standIn(fragment: string, focus: Focus): string | undefined {
  const first = tokensOf(fragment)[0]?.word ?? '';
  return PREPOSITIONS.has(first) ? behind(first, fragment, focus) : ofTheKind(fragment, focus);
}

/** What stands behind the same preposition. */
function behind(preposition: string, fragment: string, { question, inQuestion }: Focus): string | undefined {
  const [phrase, ...more] = mentionsIn(fragment, { nouns: true });
  if (phrase === undefined || more.length > 0) return undefined;
  const target = inQuestion.findLast(
    (mention) => wordBefore(question, mention) === preposition && isLike(mention, phrase),
  );
  return target && putFor(target, question, fragment.slice(preposition.length).trim());
}

/** What is called by the same noun, or by the one that "one" stands for. */
function ofTheKind(fragment: string, { question, inQuestion }: Focus): string | undefined {
  const nouns = inQuestion.filter((mention) => !mention.proper);
  const [, article = '', which] = ONE_OF_THAT_KIND.exec(fragment) ?? [];
  if (which !== undefined) {
    const target = nouns.findLast((mention) => mention.words.length > 1);
    return target && putForEnd(target, question, `${article}${which} ${headOf(target)}`);
  }
  const [phrase, ...more] = mentionsIn(fragment, { nouns: true });
  if (phrase === undefined || phrase.proper || phrase.words.length < 2 || more.length > 0) return undefined;
  const target = nouns.flatMap((mention) => endingIn(headOf(phrase), mention, question)).at(-1);
  return target && putForEnd(target, question, fragment);
}

/** A mention as far as a noun of it, for "free version limited" may be read as one; none without that noun. */
function endingIn(noun: string, mention: Mention, question: string): Mention[] {
  const tokens = tokensOf(question.slice(mention.start, mention.end));
  const last = tokens.findLast((token) => token.word === noun);
  return last === undefined ? [] : [{ ...mention, end: mention.start + last.end }];
}

/** "In winter" is not put for "in Porto", nor "in 2011". */
function isLike(one: Mention, other: Mention): boolean {
  const told = [one.kind, other.kind].filter((kind) => kind !== 'unknown' && kind !== 'thing');
  return told.length === 0 || (one.proper === other.proper && new Set(told).size < 2);
}

/** The last word before a mention, its article aside. */
function wordBefore(question: string, { start }: Mention): string | undefined {
  return tokensOf(question.slice(0, start).replace(ARTICLE_BEFORE, '')).at(-1)?.word;
}

/** For as many of a mention's last words as the phrase has: before them may stand what is no part of it. */
function putForEnd(target: Mention, question: string, phrase: string): string {
  const words = tokensOf(phrase.replace(ARTICLE, '')).length;
  const first = tokensOf(question.slice(target.start, target.end)).at(-words)?.start ?? 0;
  return putFor({ ...target, start: target.start + first }, question, uncapitalise(phrase));
}

function putFor({ start, end }: Mention, question: string, phrase: string): string {
  const before = question.slice(0, start);
  const kept = ARTICLE.test(phrase) ? before.replace(ARTICLE_BEFORE, '') : before;
  return `${kept}${phrase}${question.slice(end)}`;
}
