import type { Evidence } from './evidence.ts';
import { exchangeFaults } from './exchange-faults.ts';
import { negationFaults } from './negation-faults.ts';
import { placeFaults } from './place-faults.ts';
import { quantityFaults } from './quantity-faults.ts';
import type { Reading } from './reading.ts';
import { strengthFaults } from './strength-faults.ts';
import { unsaidFaults } from './unsaid-faults.ts';
import type { WordMatch } from './word-match.ts';

export type FaultKind =
  | 'number'
  | 'unit'
  | 'date'
  | 'name'
  | 'negation'
  | 'role'
  | 'opposite'
  | 'strength'
  | 'unsaid';

/** Something in a claim that the evidence does not bear out. */
export interface Fault {
  readonly kind: FaultKind;
  /** For whoever wrote the claim: what is wrong, in a few words. */
  readonly reason: string;
}

/** Faults of `claim` beside those of its names: in numbers, dates, units, negations, strength, who did what to whom, and what nobody said. */
export function faultsOf(claim: Reading, evidence: Evidence, words: readonly WordMatch[]): Fault[] {
  return [
    ...quantityFaults(claim, evidence),
    ...placeFaults(claim, evidence.reading),
    ...exchangeFaults(claim, evidence.reading),
    ...negationFaults(claim, evidence.reading, words),
    ...oppositeFaults(claim, evidence.reading, words),
    ...strengthFaults(claim, evidence.reading),
    ...unsaidFaults(claim, words),
  ];
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
