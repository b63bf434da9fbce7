import type { Focus } from './focus.ts';
import { mentionsIn } from './mentions.ts';
import { type Token, tokensOf } from './tokens.ts';
import { AUXILIARIES } from './word-classes.ts';

/** Puts where the last turn took place for a `there` that means a place; other uses of the word are left. */
export function resolveThere(question: string, focus: Focus): string {
  const tokens = tokensOf(question);
  const there = tokens.findIndex((_, i) => isPlace(tokens, i));
  const token = tokens[there];
  const place = token && (placeIn(focus.question) ?? placeIn(focus.answer));
  if (token === undefined || place === undefined) return question;
  const governed = /^(?:from|to|in|at|near)$/.test(tokens[there - 1]?.word ?? '');
  const text = governed ? place.replace(/^\w+ /, '') : place;
  return question.slice(0, token.start) + text + question.slice(token.end);
}

/** A closing `there`, but not the one of "how many are there". */
function isPlace(tokens: readonly Token[], at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token?.word !== 'there' || before === undefined) return false;
  return (next === undefined || next.afterBreak) && !AUXILIARIES.has(before.word);
}

/** The last "in …" or "at …" of a text, with those that follow on it: "at the conference in Paris". */
export function placeIn(text: string): string | undefined {
  let from = -1;
  let to = -1;
  for (const mention of mentionsIn(text, { nouns: true })) {
    if (mention.kind === 'time' || mention.kind === 'person') continue;
    const preposition = /\b(?:in|at) (?:the |a |an )?$/i.exec(text.slice(0, mention.start));
    if (preposition === null || (!mention.proper && preposition[0].startsWith('in'))) continue;
    if (preposition.index > to + 1) from = preposition.index;
    to = mention.end;
  }
  return from < 0 ? undefined : text.slice(from, to);
}
