import type { Unit } from './rows.ts';

const WRITERS: Readonly<Record<Unit, (value: number) => string>> = {
  times: (value) => `${value.toFixed(value < 10 ? 2 : 1)}×`,
  share: (value) => `${(value * 100).toFixed(1)} %`,
  'tokens/s': (value) => `${Math.round(value).toLocaleString('en-GB')} tokens/s`,
  ms: (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`,
  s: (value) => `${value.toFixed(2)} s`,
  MB: (value) => `${Math.round(value)} MB`,
  recall: (value) => value.toFixed(3),
};

/** A number with its unit, for people; a dash for what was not measured. */
export function quantity(value: number | undefined, unit: Unit): string {
  return value === undefined ? '–' : WRITERS[unit](value);
}
