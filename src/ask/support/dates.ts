import type { Token } from '../contextualise/tokens.ts';
import { ORDINAL_WORDS } from './number-words.ts';

/** A day of the calendar as far as it is told. `from` and `to` are token indices, `to` exclusive. */
export interface CalendarDate {
  readonly day?: number;
  /** From 1. */
  readonly month?: number;
  readonly year?: number;
  /** From 0, Sunday. */
  readonly weekday?: number;
  readonly from: number;
  readonly to: number;
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const SHORT_MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

/** Dates that name a month or a day of the week. A bare year is a number like another. */
export function datesIn(tokens: readonly Token[]): CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const date = weekdayAt(tokens, at) ?? monthAt(tokens, at);
    if (date === undefined) continue;
    dates.push(date);
    at = date.to - 1;
  }
  return dates;
}

/** Whether `told` says all that `claimed` does and nothing else. */
export function sameDate(claimed: CalendarDate, told: CalendarDate): boolean {
  return (['day', 'month', 'year', 'weekday'] as const).every(
    (part) => claimed[part] === undefined || claimed[part] === told[part],
  );
}

function weekdayAt(tokens: readonly Token[], at: number): CalendarDate | undefined {
  const token = tokens[at];
  const weekday = token?.capital ? WEEKDAYS.indexOf(token.word.replace(/s$/, '')) : -1;
  return weekday < 0 ? undefined : { weekday, from: at, to: at + 1 };
}

function monthAt(tokens: readonly Token[], at: number): CalendarDate | undefined {
  const month = monthOf(tokens[at]);
  if (month === undefined) return undefined;
  let from = at;
  let to = at + 1;
  let day: number | undefined;
  const before = tokens[at - 1]?.word === 'of' ? at - 2 : at - 1;
  const after = tokens[to]?.word === 'the' ? to + 1 : to;
  if (dayOf(tokens[before]) !== undefined) {
    day = dayOf(tokens[before]);
    from = before;
  } else if (dayOf(tokens[after]) !== undefined) {
    day = dayOf(tokens[after]);
    to = after + 1;
  }
  const yearAt = tokens[to]?.word === 'of' ? to + 1 : to;
  const year = yearOf(tokens[yearAt]);
  if (year !== undefined) to = yearAt + 1;
  return {
    month,
    from,
    to,
    ...(day === undefined ? {} : { day }),
    ...(year === undefined ? {} : { year }),
  };
}

/** "May" and "March" are months only with a capital; at the start of a sentence only where a number stands beside them. */
function monthOf(token: Token | undefined): number | undefined {
  if (!token?.capital) return undefined;
  const long = MONTHS.indexOf(token.word);
  const short = SHORT_MONTHS.indexOf(token.word);
  const month = long >= 0 ? long : short;
  if (month < 0) return undefined;
  return token.opensSentence && /^(?:may|march|mar)$/.test(token.word) ? undefined : month + 1;
}

function dayOf(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined;
  const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(token.word)?.[1];
  const day = digits === undefined ? ORDINAL_WORDS.get(token.word) : Number(digits);
  return day !== undefined && day >= 1 && day <= 31 ? day : undefined;
}

function yearOf(token: Token | undefined): number | undefined {
  return token !== undefined && /^(?:1\d|20)\d{2}$/.test(token.word) ? Number(token.word) : undefined;
}
