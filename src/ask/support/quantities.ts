import type { Token } from '../contextualise/tokens.ts';
import type { CalendarDate } from './dates.ts';
import { CARDINALS, DECADE_WORDS, FRACTIONS, ORDINAL_WORDS, SCALES } from './number-words.ts';
import { UNITS, type Unit } from './units.ts';

/** A number that a text states. `from` and `to` are token indices, `to` exclusive, without the unit. */
export interface Quantity {
  readonly kind: 'cardinal' | 'ordinal' | 'decade';
  readonly value: number;
  readonly unit?: Unit;
  /** Said to be a limit: "more than", "at most". */
  readonly bound?: 'above' | 'below';
  /** Stem of the noun that is counted, when there is one and it is no unit. */
  readonly counted?: string;
  readonly written: string;
  readonly from: number;
  readonly to: number;
}

const ABOVE =
  /(?:^| )(?:more than|at least|no fewer than|no less than|not less than|in excess of|exceeding|upwards of|over|above)$/;
const BELOW = /(?:^| )(?:less than|fewer than|at most|no more than|not more than|up to|under|below)$/;

/** The numbers of a text, in digits or words, that are not part of one of `dates`. */
export function quantitiesIn(tokens: readonly Token[], dates: readonly CalendarDate[]): Quantity[] {
  const dated = new Set(dates.flatMap(({ from, to }) => range(from, to)));
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (dated.has(at)) continue;
    const number = numberAt(tokens, at);
    if (number === undefined) continue;
    found.push(describe(tokens, at, number));
    at = number.to - 1;
  }
  return found;
}

/** Whether both state the same amount, whatever unit it is in: 12 months and a year, half and 50 percent. */
export function sameQuantity(claimed: Quantity, told: Quantity): boolean {
  if (claimed.kind !== told.kind) return false;
  if (claimed.unit === undefined || told.unit === undefined) {
    return near(claimed.value, told.value);
  }
  return (
    claimed.unit.dimension === told.unit.dimension &&
    near(claimed.value * claimed.unit.factor, told.value * told.unit.factor)
  );
}

interface Parsed {
  readonly kind: Quantity['kind'];
  readonly value: number;
  readonly to: number;
  readonly unit?: Unit;
}

const SHARE: Unit = { dimension: 'share', factor: 1 };

function numberAt(tokens: readonly Token[], at: number): Parsed | undefined {
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1]?.word ?? '';
  const decade = DECADE_WORDS.get(word) ?? numeral(/^(\d+)s$/, word);
  if (decade !== undefined) return { kind: 'decade', value: decade, to: at + 1 };
  const ordinal = ordinalAt(tokens, at);
  if (ordinal !== undefined) return ordinal;
  if (word === 'half') return { kind: 'cardinal', value: 0.5, unit: SHARE, to: at + 1 };
  if ((word === 'a' || word === 'an') && next !== '') return afterArticle(next, at);
  if (word === 'twice' || word === 'thrice')
    return { kind: 'cardinal', value: word === 'twice' ? 2 : 3, to: at + 1 };
  return cardinalAt(tokens, at);
}

/** "a third of", "a dozen", "a decade", "an hour". */
function afterArticle(next: string, at: number): Parsed | undefined {
  const fraction = FRACTIONS.get(next);
  if (fraction !== undefined) return { kind: 'cardinal', value: fraction, unit: SHARE, to: at + 2 };
  const scale = next.length > 2 ? SCALES.get(next) : undefined;
  if (scale !== undefined) return { kind: 'cardinal', value: scale, to: at + 2 };
  const unit = UNITS.get(next);
  return unit === undefined || next === 'second' ? undefined : { kind: 'cardinal', value: 1, to: at + 1 };
}

function ordinalAt(tokens: readonly Token[], at: number): Parsed | undefined {
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1]?.word ?? '';
  const value = numeral(/^(\d+)(?:st|nd|rd|th)$/, word) ?? ORDINAL_WORDS.get(word);
  if (value !== undefined) return { kind: 'ordinal', value, to: at + 1 };
  const tens = CARDINALS.get(word);
  const ones = ORDINAL_WORDS.get(next);
  if (tens === undefined || ones === undefined || tens < 20 || ones > 9) return undefined;
  return { kind: 'ordinal', value: tens + ones, to: at + 2 };
}

function cardinalAt(tokens: readonly Token[], at: number): Parsed | undefined {
  let total = 0;
  let part: number | undefined;
  let to = at;
  for (; to < tokens.length; to++) {
    const token = tokens[to];
    if (token === undefined || (to > at && token.afterBreak)) break;
    const value = amountOf(token, part);
    const scale = part === undefined ? undefined : SCALES.get(token.word);
    if (scale !== undefined && part !== undefined) {
      if (scale === 100 || scale === 12) part *= scale;
      else {
        total += part * scale;
        part = 0;
      }
    } else if (value !== undefined) part = (part ?? 0) + value;
    else if (!(token.word === 'and' && part !== undefined && continues(tokens, to, part))) break;
  }
  if (part === undefined) return undefined;
  const fraction = FRACTIONS.get(tokens[to]?.word ?? '');
  if (fraction !== undefined && total === 0 && part < 10) {
    return { kind: 'cardinal', value: part * fraction, unit: SHARE, to: to + 1 };
  }
  return { kind: 'cardinal', value: total + part, to };
}

/** Value of a number word or numeral that may follow `part`: "twenty three", "hundred five", never "1 2". */
function amountOf({ word }: Token, part: number | undefined): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(word)) return part === undefined ? Number(word) : undefined;
  const value = CARDINALS.get(word);
  if (value === undefined) return undefined;
  const fits =
    part === undefined ||
    part === 0 ||
    (part >= 100 && value < 100) ||
    (part % 100 >= 20 && part % 10 === 0 && value < 10);
  return fits ? value : undefined;
}

/** "one hundred and five": `and` joins only what is smaller. */
function continues(tokens: readonly Token[], at: number, part: number): boolean {
  const next = CARDINALS.get(tokens[at + 1]?.word ?? '');
  return (
    next !== undefined &&
    (part === 0 || part % 100 === 0) &&
    (part > 0 || /thousand|million/.test(tokens[at - 1]?.word ?? ''))
  );
}

function describe(tokens: readonly Token[], from: number, parsed: Parsed): Quantity {
  const { kind, value, to } = parsed;
  const words = tokens
    .slice(from, to)
    .map(({ written }) => written)
    .join(' ');
  const unit = parsed.unit ?? (kind === 'decade' ? undefined : unitAt(tokens, to));
  const before = tokens
    .slice(Math.max(0, from - 3), from)
    .map(({ word }) => word)
    .join(' ');
  const bound = ABOVE.test(before) ? 'above' : BELOW.test(before) ? 'below' : undefined;
  const counted = unit === undefined ? countedAt(tokens, to) : undefined;
  return {
    kind,
    value,
    from,
    to,
    written: words,
    ...(unit === undefined ? {} : { unit }),
    ...(bound === undefined ? {} : { bound }),
    ...(counted === undefined ? {} : { counted }),
  };
}

/** The unit right behind a number, or behind one adjective. Short ones ("m", "s") only right behind. */
function unitAt(tokens: readonly Token[], at: number): Unit | undefined {
  const [first, second] = [tokens[at], tokens[at + 1]];
  if (first === undefined || first.afterBreak) return undefined;
  const own = UNITS.get(first.word);
  if (own !== undefined && UNITS.get(second?.word ?? '')?.dimension.match(/celsius|fahrenheit/))
    return UNITS.get(second?.word ?? '');
  if (own !== undefined) return own;
  if (second === undefined || second.afterBreak || second.word.length < 3) return undefined;
  return UNITS.get(second.word);
}

function countedAt(tokens: readonly Token[], at: number): string | undefined {
  const next = tokens[at];
  if (next === undefined || next.afterBreak || !/^[a-z]{3,}$/.test(next.word)) return undefined;
  return next.stem;
}

function numeral(pattern: RegExp, word: string): number | undefined {
  const digits = pattern.exec(word)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
