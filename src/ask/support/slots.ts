import type { Token } from '../contextualise/tokens.ts';
import { isVerb, isVerbAfter } from '../contextualise/verbs.ts';
import { AUXILIARIES, DETERMINERS, PREPOSITIONS, setOf } from '../contextualise/word-classes.ts';
import { isFunctionWord } from './function-words.ts';

/** Something that stands in a sentence: a name, a number, a date. `from` and `to` are token indices, `to` exclusive. */
export interface Placed {
  readonly from: number;
  readonly to: number;
}

const BE = setOf('be is are was were been being am');
const BE_OR_GET = setOf('be is are was were been being am get got gets');
/** Prepositions that tie a phrase to the one before it, so that neither is the subject of what follows. */
const TIES = setOf(
  'of in at on from to near through across into towards toward around by with without for about against between among behind beside beyond within outside inside under over',
);
/** Verbs whose two sides may change places. */
const MUTUAL = setOf(
  'meet marri wed border resembl equal agre talk collabor merg differ compet neighbour neighbor share join',
);

/**
 * What is said of each item, as short phrases that do not depend on word order or voice: who does what (`agent:sue`), to
 * whom it is done (`patient:sue`), whose it is (`owner:father`), behind which preposition of which word (`draft from`).
 */
export function slotsOf(tokens: readonly Token[], items: readonly Placed[]): ReadonlySet<string>[] {
  const verbs = verbsIn(tokens);
  const slots = items.map(() => new Set<string>());
  items.forEach((item, i) => {
    for (const slot of nounSlots(tokens, item, verbs)) slots[i]?.add(slot);
  });
  for (const { owner, thing } of possessives(tokens)) {
    const nearest = items.findLastIndex(({ to }) => to <= owner);
    if (nearest >= 0) slots[nearest]?.add(`owner:${thing}`);
  }
  for (const { subject, complement } of equations(tokens, verbs)) {
    const [is, of] = [headOf(tokens, subject), headOf(tokens, complement)];
    items.forEach((item, i) => {
      if (within(item, subject) && of !== undefined) slots[i]?.add(`is:${of}`);
      if (within(item, complement) && is !== undefined) slots[i]?.add(`is:${is}`);
    });
  }
  for (const verb of verbs) {
    const { agent, patient } = partsOf(tokens, verb, verbs);
    items.forEach((item, i) => {
      if (agent !== undefined && within(item, withList(tokens, agent, verbs)))
        slots[i]?.add(`agent:${verb.stem}`);
      if (patient !== undefined && within(item, withList(tokens, patient, verbs)))
        slots[i]?.add(`patient:${verb.stem}`);
    });
  }
  return slots;
}

interface Verb {
  readonly at: number;
  readonly stem: string;
  readonly passive: boolean;
  readonly mutual: boolean;
}

function verbsIn(tokens: readonly Token[]): Verb[] {
  return tokens.flatMap((token, at): Verb[] => {
    if (!looksVerbal(tokens, at)) return [];
    const before = tokens.slice(Math.max(0, at - 3), at).map(({ word }) => word);
    const passive = before.some((word) => BE_OR_GET.has(word)) && !/ing$/.test(token.word);
    return [{ at, stem: token.stem, passive, mutual: MUTUAL.has(token.stem) }];
  });
}

function looksVerbal(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token === undefined || token.capital || isFunctionWord(token.word) || /^\d/.test(token.word))
    return false;
  if (before === undefined || token.afterBreak) return isVerb(token.word);
  // "The Paris meeting" is a noun; "was meeting" and "by meeting" are not.
  if (/ing$/.test(token.word)) return BE.has(before.word) || PREPOSITIONS.has(before.word);
  if (
    DETERMINERS.has(before.word) &&
    !/^(?:that|which|what|who|her|all|both|some|most|many)$/.test(before.word)
  )
    return false;
  return (
    isShortPast(token.word) ||
    isVerb(token.word) ||
    isVerbAfter(before, token.word) ||
    before.word === 'to' ||
    BE.has(before.word)
  );
}

/** "sued", "owed": too short for the common rule. */
function isShortPast(word: string): boolean {
  return /^[a-z]{1,2}[^e\W]ed$/.test(word) && !/^(?:shed|sled|bred|fled)$/.test(word);
}

/** Whom a verb makes agent and patient, in the active voice; ends of the phrases that name them. */
function partsOf(
  tokens: readonly Token[],
  verb: Verb,
  verbs: readonly Verb[],
): { agent?: Placed; patient?: Placed } {
  const subject = subjectOf(tokens, verb, verbs);
  const object = phraseAfter(tokens, verb.at + 1, verbs);
  if (verb.mutual) return {};
  if (!verb.passive) return { ...(subject && { agent: subject }), ...(object && { patient: object }) };
  const by = tokens.findIndex((token, i) => i > verb.at && i < verb.at + 8 && token.word === 'by');
  const agent = by < 0 ? undefined : phraseAfter(tokens, by + 1, verbs);
  return { ...(agent && { agent }), ...(subject && { patient: subject }) };
}

/** "A is the B", "A, the B of": pairs of phrases that name the same. */
function equations(
  tokens: readonly Token[],
  verbs: readonly Verb[],
): { subject: Placed; complement: Placed }[] {
  return tokens.flatMap((token, at) => {
    const copula = BE.has(token.word);
    const apposed = token.afterBreak && /^(?:the|a|an)$/.test(token.word) && tokens[at - 1]?.capital === true;
    if (!copula && !apposed) return [];
    const subject = copula ? subjectOf(tokens, { at }, verbs) : phraseEndingAt(tokens, at - 1, verbs);
    const complement = phraseAfter(tokens, copula ? at + 1 : at, verbs, true);
    return subject && complement ? [{ subject, complement }] : [];
  });
}

/** "his father": what a pronoun owns, and where the pronoun stands. */
function possessives(tokens: readonly Token[]): { owner: number; thing: string }[] {
  return tokens.flatMap(({ word }, owner) => {
    const thing = /^(?:his|her|their|its)$/.test(word) ? tokens[owner + 1] : undefined;
    return thing === undefined || isFunctionWord(thing.word) ? [] : [{ owner, thing: thing.stem }];
  });
}

function headOf(tokens: readonly Token[], { to }: Placed): string | undefined {
  return tokens[to - 1]?.stem;
}

/** The phrase left of the verb; where that hangs on a preposition, the one that the preposition hangs on. */
function subjectOf(
  tokens: readonly Token[],
  verb: Pick<Verb, 'at'>,
  verbs: readonly Verb[],
): Placed | undefined {
  let at = verb.at - 1;
  while (at >= 0 && isBetween(tokens[at])) at -= 1;
  for (;;) {
    const phrase = phraseEndingAt(tokens, at, verbs);
    if (phrase === undefined) return undefined;
    const before = tokens[phrase.from - 1];
    if (before === undefined || !TIES.has(before.word) || tokens[phrase.from]?.afterBreak) return phrase;
    at = phrase.from - 2;
  }
}

/** Auxiliaries and adverbs between a subject and its verb. */
function isBetween(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (AUXILIARIES.has(token.word) ||
      /ly$|^(?:not|never|also|then|later|first|to|who|which|that|once|still|already|just|even|been)$/.test(
        token.word,
      ))
  );
}

function phraseEndingAt(tokens: readonly Token[], at: number, verbs: readonly Verb[]): Placed | undefined {
  let from = at + 1;
  while (from > 0 && isNominal(tokens, from - 1, verbs) && !(from <= at && tokens[from]?.afterBreak))
    from -= 1;
  if (from > at) return undefined;
  return tokens[from - 1] !== undefined && DETERMINERS.has(tokens[from - 1]?.word ?? '')
    ? { from: from - 1, to: at + 1 }
    : { from, to: at + 1 };
}

function phraseAfter(
  tokens: readonly Token[],
  at: number,
  verbs: readonly Verb[],
  apposed = false,
): Placed | undefined {
  let from = at;
  while (
    from < tokens.length &&
    DETERMINERS.has(tokens[from]?.word ?? '') &&
    (apposed || !tokens[from]?.afterBreak)
  )
    from += 1;
  let to = from;
  while (
    to < tokens.length &&
    isNominal(tokens, to, verbs) &&
    !(tokens[to]?.afterBreak && (to > from || !apposed))
  )
    to += 1;
  return to > from ? { from, to } : undefined;
}

/** "A, B and C": a phrase with those that are listed before and behind it. */
function withList(tokens: readonly Token[], phrase: Placed, verbs: readonly Verb[]): Placed {
  let { from, to } = phrase;
  for (;;) {
    const next = tokens[to];
    const joined =
      next !== undefined &&
      (/^(?:and|or|nor)$/.test(next.word) || (next.afterBreak && isNominal(tokens, to, verbs)));
    const more = joined
      ? phraseAfter(tokens, isFunctionWord(next.word) ? to + 1 : to, verbs, true)
      : undefined;
    if (more === undefined || verbs.some(({ at }) => at === more.to)) break;
    to = more.to;
  }
  while (/^(?:and|or|nor)$/.test(tokens[from - 1]?.word ?? '')) {
    const before = phraseEndingAt(tokens, from - 2, verbs);
    if (before === undefined) break;
    from = before.from;
  }
  return { from, to };
}

function isNominal(tokens: readonly Token[], at: number, verbs: readonly Verb[]): boolean {
  const token = tokens[at];
  if (token === undefined || verbs.some((verb) => verb.at === at)) return false;
  return token.capital || !isFunctionWord(token.word);
}

/** Slots that words around an item give it: owner, preposition, the noun it stands before, the rank before it. */
function nounSlots(tokens: readonly Token[], { from, to }: Placed, verbs: readonly Verb[]): string[] {
  const slots: string[] = [];
  const last = tokens[to - 1];
  const next = tokens[to];
  if (
    next !== undefined &&
    !next.afterBreak &&
    !isFunctionWord(next.word) &&
    !verbs.some(({ at }) => at === to)
  ) {
    slots.push(last?.possessive ? `owner:${next.stem}` : `before:${next.stem}`);
  }
  let at = from - 1;
  if (tokens[from]?.afterBreak) return slots;
  const before = tokens[at];
  const told = before !== undefined && !isFunctionWord(before.word) && !DETERMINERS.has(before.word);
  if (told && !verbs.some((verb) => verb.at === from - 1))
    slots.push(`after:${before.stem}`, `is:${before.stem}`);
  while (
    at >= 0 &&
    (DETERMINERS.has(tokens[at]?.word ?? '') || (at > from - 3 && !isFunctionWord(tokens[at]?.word ?? '')))
  )
    at -= 1;
  const preposition = tokens[at];
  const head = tokens[at - 1];
  if (preposition === undefined || head === undefined || !PREPOSITIONS.has(preposition.word)) return slots;
  const verb = verbs.findLast((one) => one.at < at);
  const spoken = preposition.word === 'of' && head.word === 'out' ? 'out of' : preposition.word;
  if (
    verb !== undefined &&
    spoken !== 'of' &&
    !tokens.slice(verb.at + 1, at).some(({ afterBreak }) => afterBreak)
  )
    slots.push(`${verb.stem} ${spoken}`);
  if (isFunctionWord(head.word) || preposition.afterBreak || head.stem === verb?.stem) return slots;
  slots.push(preposition.word === 'of' ? `owner:${head.stem}` : `${head.stem} ${preposition.word}`);
  return slots;
}

function within(item: Placed, phrase: Placed): boolean {
  return item.from >= phrase.from && item.to <= phrase.to;
}
