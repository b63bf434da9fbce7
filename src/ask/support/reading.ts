import { type Token, tokensOf } from '../contextualise/tokens.ts';
import { setOf } from '../contextualise/word-classes.ts';
import { type CalendarDate, datesIn } from './dates.ts';
import { isFunctionWord } from './function-words.ts';
import { type Name, namesIn } from './names.ts';
import { type Negation, negationsIn } from './negation.ts';
import { plainWords } from './plain-words.ts';
import { type Quantity, quantitiesIn } from './quantities.ts';
import { slotsOf } from './slots.ts';
import { UNITS } from './units.ts';

/** A sentence taken apart into what has to be accounted for. Indices are those of `tokens`. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Indices of the words that carry meaning, names among them; numbers, units and dates are not. */
  readonly content: readonly number[];
  readonly dates: readonly CalendarDate[];
  readonly quantities: readonly Quantity[];
  readonly names: readonly Name[];
  readonly negations: readonly Negation[];
  /** What is said of each name and each quantity, in their order. */
  readonly nameSlots: readonly ReadonlySet<string>[];
  readonly quantitySlots: readonly ReadonlySet<string>[];
  /** Every stem and every folded word. */
  readonly stems: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

/** Words that a writer adds to point at sources or to join sentences; they claim nothing. */
const LIGHT = setOf(
  `also according document documents text passage passages source sources article report reports state stated states
  mention mentions mentioned provided furthermore additionally moreover however therefore thus hence respectively
  specifically notably indeed overall namely meanwhile various several well based one ones thing things way`,
);
const SAID_OF_SOURCES =
  /^(?:according to|as stated in|based on|as per) (?:the|these|this|your) (?:(?:provided|given|cited|retrieved) )?(?:documents?|passages?|texts?|sources?|context),? /i;

/** Reads one sentence. */
export function readSentence(sentence: string): Reading {
  const text = plainWords(sentence).replace(SAID_OF_SOURCES, '');
  const tokens = tokensOf(text);
  const dates = datesIn(tokens);
  const quantities = quantitiesIn(tokens, dates);
  const counted = new Set([...dates, ...quantities].flatMap(({ from, to }) => indices(from, to)));
  for (const { to, unit } of quantities) {
    for (const at of [to, to + 1])
      if (unit !== undefined && UNITS.has(tokens[at]?.word ?? '')) counted.add(at);
  }
  const names = namesIn(tokens, (index) => counted.has(index));
  const named = new Set(names.flatMap(({ from, to }) => indices(from, to)));
  const content = tokens.flatMap((token, at) => (isContent(token, at, counted, named) ? [at] : []));
  const contentSet = new Set(content);
  return {
    text,
    tokens,
    content,
    dates,
    quantities,
    names,
    negations: negationsIn(tokens, (index) => contentSet.has(index)),
    nameSlots: slotsOf(tokens, names),
    quantitySlots: slotsOf(tokens, quantities),
    stems: new Set(tokens.map(({ stem }) => stem)),
    words: new Set(tokens.map(({ word }) => word)),
  };
}

function isContent(
  token: Token,
  at: number,
  counted: ReadonlySet<number>,
  named: ReadonlySet<number>,
): boolean {
  if (counted.has(at) || /^\d/.test(token.word)) return false;
  if (named.has(at)) return true;
  return !isFunctionWord(token.word) && !LIGHT.has(token.word) && token.word.length > 1;
}

function indices(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
