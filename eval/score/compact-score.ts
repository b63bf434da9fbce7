import type { CaseScore } from './case-score.ts';

/** A score as a baseline keeps it: four decimals, and no times, which another machine would not repeat. */
export function compactScore({ values, ...score }: CaseScore): CaseScore {
  const kept = Object.entries(values).filter(([name]) => name !== 'milliseconds');
  const rounded = Object.fromEntries(kept.map(([name, value]) => [name, round(value)]));
  return { ...score, confidence: round(score.confidence), values: rounded };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
