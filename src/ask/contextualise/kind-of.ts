import { FEMALE_NAMES, MALE_NAMES } from './first-names.ts';
import type { Mention } from './mention.ts';
import type { Token } from './tokens.ts';
import {
  FEMALE_ROLES,
  GROUPS,
  MALE_ROLES,
  PLACE_PREPOSITIONS,
  PLACES,
  ROLES,
  TIMES,
} from './word-classes.ts';

type Kind = Pick<Mention, 'kind' | 'gender'>;

/** What sort of thing a run of words names, as far as its words and the word `before` it tell. */
export function kindOf(run: readonly Token[], before: string | undefined): Kind {
  const words = run.map((token) => token.word);
  const of = words.indexOf('of');
  const main = of > 0 ? words.slice(0, of) : words;
  const first = main[0] ?? '';
  const head = main.at(-1) ?? '';
  if (words.every((word) => TIMES.has(word) || isYear(word) || /^\d{1,2}$/.test(word)))
    return { kind: 'time' };
  if (FEMALE_ROLES.has(first) || FEMALE_ROLES.has(head)) return { kind: 'person', gender: 'female' };
  if (MALE_ROLES.has(first) || MALE_ROLES.has(head)) return { kind: 'person', gender: 'male' };
  if (GROUPS.has(head)) return { kind: 'group' };
  if (PLACES.has(head)) return { kind: 'place' };
  if (ROLES.has(first) || ROLES.has(head)) return { kind: 'person', ...genderOf(main) };
  if (!run.some((token) => token.capital)) return { kind: 'thing' };
  if (!run.some((token) => token.word === head && token.capital)) return { kind: 'thing' };
  const gender = genderOf(main);
  if (gender.gender !== undefined && main.length <= 4) return { kind: 'person', ...gender };
  if (before !== undefined && PLACE_PREPOSITIONS.has(before)) return { kind: 'place' };
  return of > 0 || before === 'the' ? { kind: 'thing' } : { kind: 'unknown' };
}

function genderOf(words: readonly string[]): { gender?: 'male' | 'female' } {
  for (const word of words.slice(0, 2)) {
    if (FEMALE_NAMES.has(word)) return { gender: 'female' };
    if (MALE_NAMES.has(word)) return { gender: 'male' };
  }
  return {};
}

function isYear(word: string): boolean {
  return /^(?:1\d{3}|20\d{2})s?$/.test(word);
}
