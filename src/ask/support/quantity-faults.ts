import { type CalendarDate, sameDate } from './dates.ts';
import type { Evidence } from './evidence.ts';
import type { Fault } from './faults.ts';
import { type Quantity, sameQuantity } from './quantities.ts';
import type { Reading } from './reading.ts';

/** Numbers, units and dates of `claim` that the evidence does not bear out. */
export function quantityFaults(claim: Reading, evidence: Evidence): Fault[] {
  return [...plainFaults(claim, evidence), ...numeralFaults(claim, evidence), ...dateFaults(claim, evidence)];
}

function plainFaults(claim: Reading, { reading, passage }: Evidence): Fault[] {
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
