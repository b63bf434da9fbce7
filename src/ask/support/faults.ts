import { type CalendarDate, sameDate } from './dates.ts';
import { type Evidence, resolveName } from './evidence.ts';
import type { Name } from './names.ts';
import { negationFaults } from './negation-faults.ts';
import { type Quantity, sameQuantity } from './quantities.ts';
import type { Reading } from './reading.ts';
import { knownExpansion, sameNameWord } from './same-name.ts';
import { strengthFaults } from './strength-faults.ts';
import type { WordMatch } from './word-match.ts';

export type FaultKind = 'number' | 'unit' | 'date' | 'name' | 'negation' | 'role' | 'opposite' | 'strength';

/** Something in a claim that the evidence does not bear out. */
export interface Fault {
  readonly kind: FaultKind;
  /** For whoever wrote the claim: what is wrong, in a few words. */
  readonly reason: string;
}

export interface Accounts {
  readonly faults: readonly Fault[];
  /** Earlier sentences that must be quoted too, for the names that pronouns stand for. */
  readonly needed: readonly number[];
  /** Names that only heading or earlier sentences give. */
  readonly resolved: number;
}

/** Accounts for each number, date, unit, name and negation of `claim`, and for who did what to whom. */
export function accountFor(
  claim: Reading,
  evidence: Evidence,
  words: readonly WordMatch[],
  isKnownName: (word: string) => boolean,
): Accounts {
  const names = nameAccounts(claim, evidence, isKnownName);
  const faults = [
    ...quantityFaults(claim, evidence),
    ...numeralFaults(claim, evidence),
    ...dateFaults(claim, evidence),
    ...names.faults,
    ...placeFaults(claim, evidence.reading),
    ...negationFaults(claim, evidence.reading, words),
    ...oppositeFaults(claim, evidence.reading, words),
    ...strengthFaults(claim, evidence.reading),
  ];
  return { faults, needed: names.needed, resolved: names.resolved };
}

function quantityFaults(claim: Reading, { reading, passage }: Evidence): Fault[] {
  const left = [...reading.quantities, ...reading.dates.flatMap(partsOfDate)];
  const faults: Fault[] = [];
  for (const quantity of claim.quantities) {
    if (isImplied(quantity)) continue;
    const at = bestMatch(quantity, left);
    const told = left[at];
    if (told === undefined) {
      if (
        isOne(quantity) &&
        (reading.words.has('a') || reading.words.has('an') || reading.words.has('single'))
      )
        continue;
      if (isYear(quantity) && !left.some(isYear) && passage.heading.words.has(quantity.written)) continue;
      faults.push(quantityFault(quantity, left));
      continue;
    }
    if (quantity.unit !== undefined && told.unit === undefined && !hasUnitWord(quantity, claim, reading)) {
      faults.push({ kind: 'unit', reason: `the unit of "${quantity.written}" is not in the passage` });
    }
    const [claimed, said] = [quantity.bound, told.bound];
    if (claimed !== undefined && claimed !== said) {
      faults.push({
        kind: 'number',
        reason: `"${quantity.written}" is not said to be a limit ${claimed === 'above' ? 'from below' : 'from above'}`,
      });
    }
    left.splice(at, 1);
  }
  return faults;
}

/** The told number that is the claimed one, rather with the same noun or unit. */
function bestMatch(quantity: Quantity, told: readonly Quantity[]): number {
  const same = told.flatMap((other, at) => (sameQuantity(quantity, other) ? [at] : []));
  return same.find((at) => told[at]?.counted === quantity.counted) ?? same[0] ?? -1;
}

function quantityFault(quantity: Quantity, told: readonly Quantity[]): Fault {
  const other = told.find(({ kind, value }) => kind === quantity.kind && value === quantity.value);
  if (other !== undefined)
    return { kind: 'unit', reason: `"${quantity.written}" has another unit in the passage` };
  return { kind: 'number', reason: `"${quantity.written}" is not in the passage` };
}

function hasUnitWord({ unit, to }: Quantity, claim: Reading, reading: Reading): boolean {
  const written = [claim.tokens[to]?.stem, claim.tokens[to + 1]?.stem];
  if (written.some((stem) => stem !== undefined && reading.stems.has(stem))) return true;
  return unit?.dimension === 'calendar' && (reading.words.has('aged') || reading.words.has('age'));
}

/** "a year", "an hour": as much a turn of phrase as a number. */
function isImplied({ written, value }: Quantity): boolean {
  return value === 1 && /^(?:a|an)$/i.test(written);
}

function isOne({ value, kind }: Quantity): boolean {
  return value === 1 && kind === 'cardinal';
}

function isYear({ value, kind, unit }: Quantity): boolean {
  return (
    kind === 'cardinal' && unit === undefined && Number.isInteger(value) && value >= 1000 && value <= 2100
  );
}

function partsOfDate({ day, year, from, to }: CalendarDate): Quantity[] {
  return [day, year].flatMap((value) =>
    value === undefined ? [] : [{ kind: 'cardinal' as const, value, written: String(value), from, to }],
  );
}

/** Numerals that are no plain number, such as version numbers and addresses. */
function numeralFaults(claim: Reading, { reading }: Evidence): Fault[] {
  const read = [...claim.quantities, ...claim.dates, ...claim.names];
  return claim.tokens.flatMap((token, at): Fault[] => {
    if (!/^\p{N}/u.test(token.word) || read.some(({ from, to }) => from <= at && at < to)) return [];
    return reading.words.has(token.word)
      ? []
      : [{ kind: 'number', reason: `"${token.written}" is not in the passage` }];
  });
}

function dateFaults(claim: Reading, { reading, passage }: Evidence): Fault[] {
  const years = new Set(passage.heading.quantities.filter(isYear).map(({ value }) => value));
  return claim.dates.flatMap((date): Fault[] => {
    const { year, ...undated } = date;
    const inHeading = (told: CalendarDate) =>
      told.year === undefined && year !== undefined && years.has(year) && sameDate(undated, told);
    if (reading.dates.some((told) => sameDate(date, told) || inHeading(told))) return [];
    const written = claim.tokens
      .slice(date.from, date.to)
      .map((token) => token.written)
      .join(' ');
    return [{ kind: 'date', reason: `"${written}" is not in the passage` }];
  });
}

function nameAccounts(claim: Reading, evidence: Evidence, isKnownName: (word: string) => boolean): Accounts {
  const faults: Fault[] = [];
  const needed: number[] = [];
  let resolved = 0;
  claim.names.forEach((name, i) => {
    if (isNamed(name, evidence.reading)) return;
    if (name.doubtful && !name.words.some(isKnownName)) return;
    const found = isSlotTaken(claim.nameSlots[i], name, evidence.reading)
      ? undefined
      : resolveName(name, evidence);
    if (found === undefined)
      faults.push({ kind: 'name', reason: `"${name.written}" is not in the passage that says the rest` });
    else {
      needed.push(...found.sentences);
      resolved += 1;
    }
  });
  return { faults, needed, resolved };
}

/** Whether the evidence says the name, in full, by its initials or spelled out. */
function isNamed({ words }: Name, { tokens, text }: Reading): boolean {
  if (words.every((word) => tokens.some((token) => sameNameWord(token.word, word)))) return true;
  const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  if (knownExpansion(words).some((form) => lower.includes(` ${form} `))) return true;
  const initials = words.map((word) => word[0]).join('');
  if (
    initials.length > 1 &&
    tokens.some(({ written, word }) => word === initials && written === written.toUpperCase())
  )
    return true;
  const [only] = words;
  return words.length === 1 && only !== undefined && only.length > 1 && spellsOut(only, tokens);
}

/** Whether neighbouring capitalised words begin with the letters of `acronym`. */
function spellsOut(acronym: string, tokens: Reading['tokens']): boolean {
  const capitals = tokens
    .filter(({ capital }) => capital)
    .map(({ word }) => word[0])
    .join('');
  return acronym.length >= 2 && acronym.length <= 6 && capitals.includes(acronym);
}

/** Whether another name of the evidence stands where the claim puts this one. */
function isSlotTaken(slots: ReadonlySet<string> | undefined, name: Name, reading: Reading): boolean {
  if (slots === undefined) return false;
  return reading.names.some((other, i) => {
    if (other.words.every((word) => name.words.some((own) => sameNameWord(own, word)))) return false;
    return shared(slots, reading.nameSlots[i]) > 0;
  });
}

/** Names or numbers that have changed places with others. */
function placeFaults(claim: Reading, reading: Reading): Fault[] {
  const names = misplaced(claim.names, claim.nameSlots, reading.names, reading.nameSlots, sameName);
  const numbers = misplaced(
    claim.quantities,
    claim.quantitySlots,
    reading.quantities,
    reading.quantitySlots,
    sameQuantity,
  );
  return [...names, ...numbers].map(({ item, other }) => ({
    kind: 'role',
    reason: `the passage says of "${other.written}" what is said here of "${item.written}"`,
  }));
}

function sameName(one: Name, other: Name): boolean {
  const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
  return short.words.every((word) => long.words.some((told) => sameNameWord(word, told)));
}

interface Written {
  readonly written: string;
}

/** Items of a claim whose slots another item of the evidence fills better than they do themselves. */
function misplaced<Item extends Written>(
  claimed: readonly Item[],
  claimedSlots: readonly ReadonlySet<string>[],
  told: readonly Item[],
  toldSlots: readonly ReadonlySet<string>[],
  isSame: (one: Item, other: Item) => boolean,
): { item: Item; other: Item }[] {
  return claimed.flatMap((item, i) => {
    const slots = claimedSlots[i];
    if (slots === undefined || slots.size === 0) return [];
    const fits = told.map((other, j) => ({
      other,
      own: isSame(item, other),
      fit: shared(slots, toldSlots[j]),
    }));
    const own = fits.filter((fit) => fit.own);
    if (own.length === 0) return [];
    const best = Math.max(...own.map(({ fit }) => fit));
    // What the claim says of both ("A and B went") is no exchange.
    const together = (other: Item) =>
      claimed.some((one, j) => isSame(one, other) && shared(slots, claimedSlots[j]) > 0);
    const rival = fits.find((fit) => !fit.own && fit.fit > best && !together(fit.other));
    return rival === undefined ? [] : [{ item, other: rival.other }];
  });
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string> | undefined): number {
  let count = 0;
  for (const slot of one) if (other?.has(slot)) count += 1;
  return count;
}

function oppositeFaults(claim: Reading, reading: Reading, words: readonly WordMatch[]): Fault[] {
  const denied = new Set([...claim.negations, ...reading.negations].flatMap(({ targets }) => targets));
  return words.flatMap(({ opposed }, i): Fault[] => {
    const token = claim.tokens[claim.content[i] ?? -1];
    if (opposed === undefined || token === undefined || denied.has(token.stem) || denied.has(opposed))
      return [];
    return [{ kind: 'opposite', reason: `the passage says the opposite of "${token.written}"` }];
  });
}
