import type { Fault } from './faults.ts';
import type { Negation } from './negation.ts';
import type { Reading } from './reading.ts';
import type { WordMatch } from './word-match.ts';
import { areAlike, areOpposed } from './word-relations.ts';

/** Verbs whose negation may stand with them or with what they govern: "did not think that it was", "thought that it was not". */
const RAISING = /^(?:think|believ|expect|want|seem|appear|suppos|consid|plan|intend|feel)/;

/** Negations that stand on one side only. */
export function negationFaults(claim: Reading, told: Reading, words: readonly WordMatch[]): Fault[] {
  const met = new Set(
    words.flatMap(({ match }, i) =>
      match === 'same' || match === 'alike' ? [claim.tokens[claim.content[i] ?? -1]?.stem ?? ''] : [],
    ),
  );
  const raised =
    claim.negations.length <= told.negations.length &&
    told.negations.some(({ targets: [first = ''] }) => RAISING.test(first));
  const added =
    claim.negations.find((negation) => !isBorneOut(negation, told, met, raised)) ?? doubled(claim, told);
  if (added !== undefined) {
    return [{ kind: 'negation', reason: `the passage does not say "${added.written}" of this` }];
  }
  const lost = told.negations.find((negation) => isLost(negation, claim, raised));
  return lost === undefined
    ? []
    : [{ kind: 'negation', reason: `the passage says "${lost.written}", which is left out` }];
}

/** A negation more than the evidence has turns it round: "should not have no part". */
function doubled(claim: Reading, told: Reading): Negation | undefined {
  const own = claim.negations.filter(({ kind, written }) => kind === 'word' && !/^nor$/i.test(written));
  if (own.length < 2 || told.negations.length === 0 || own.length <= told.negations.length) return undefined;
  return own.find((negation, i) =>
    own.some((other, j) => j !== i && overlap(negation.targets, other.targets)),
  );
}

/** Whether the evidence denies the same thing, or says its opposite, or denies what the claim words otherwise. */
function isBorneOut(negation: Negation, told: Reading, met: ReadonlySet<string>, raised: boolean): boolean {
  if (negation.kind === 'verb' && told.words.has(negation.written.toLowerCase())) return true;
  if (/^(?:nothing|nobody|none)$/i.test(negation.written) && told.words.has(negation.written.toLowerCase()))
    return true;
  if (negation.targets.length === 0) return told.negations.length > 0;
  if (told.negations.some((other) => overlap(negation.targets, other.targets))) return true;
  if (raised && told.negations.length > 0) return true;
  if (negation.targets.some((stem) => [...told.stems].some((other) => areOpposed(stem, other)))) return true;
  if (negation.kind === 'verb') return !negation.targets.slice(0, 1).some((stem) => met.has(stem));
  const unmet = negation.targets.slice(0, 2).every((stem) => !met.has(stem));
  return unmet && told.negations.length > 0;
}

/** Whether the claim asserts what the evidence denies. */
function isLost(negation: Negation, claim: Reading, raised: boolean): boolean {
  const [first] = negation.targets;
  if (first === undefined || (raised && claim.negations.length > 0)) return false;
  const asserted = claim.content.some((at) => claim.tokens[at]?.stem === first);
  if (!asserted) return false;
  if (negation.kind === 'verb' && claim.words.has(negation.written.toLowerCase())) return false;
  if (claim.negations.some((other) => overlap(other.targets, negation.targets))) return false;
  return !claim.content.some((at) => areOpposed(claim.tokens[at]?.stem ?? '', first));
}

function overlap(one: readonly string[], other: readonly string[]): boolean {
  return one.some((stem) => other.some((told) => areAlike(stem, told)));
}
