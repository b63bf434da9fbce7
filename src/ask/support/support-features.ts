import type { Features } from '../logistic.ts';
import type { Evidence } from './evidence.ts';
import type { NameAccounts } from './name-faults.ts';
import type { Reading } from './reading.ts';
import type { WordMatch } from './word-match.ts';

export type LexicalSupportFeature =
  | 'coverage'
  | 'longestGap'
  | 'pairs'
  | 'order'
  | 'excess'
  | 'sentences'
  | 'resolved'
  | 'spareNegations';

/** With vectors: how near the claim is, and how near what it says in other words is to what stands in their place. */
export type SupportFeature = LexicalSupportFeature | 'cosine' | 'gapCosine';

/** What speaks for a piece of evidence beyond that no fault was found; `cosine` is 0 without vectors. */
export function supportFeatures(
  claim: Reading,
  evidence: Evidence,
  words: readonly WordMatch[],
  names: NameAccounts,
  cosine: number | undefined,
): Features<SupportFeature> {
  const { reading } = evidence;
  const count = Math.max(1, words.length);
  const of = (match: WordMatch['match']) => words.filter((word) => word.match === match).length;
  const met = words.map(({ at }) => at);
  return {
    coverage: (of('same') + 0.8 * of('alike') + 0.5 * of('context')) / count,
    longestGap: longestGap(words),
    pairs: closePairs(met),
    order: inOrder(met),
    excess: Math.log(count / Math.max(1, reading.content.length)),
    sentences: evidence.to - evidence.from - 1,
    resolved: names.resolved.length + new Set(names.needed).size,
    spareNegations: Math.max(0, reading.negations.length - claim.negations.length),
    cosine: cosine ?? 0,
    gapCosine: of('none') === 0 ? 1 : 0,
  };
}

/** Most content words in a row that the evidence does not say: an invented clause leaves a long one. */
function longestGap(words: readonly WordMatch[]): number {
  let longest = 0;
  let current = 0;
  for (const { match } of words) {
    current = match === 'none' ? current + 1 : match === 'context' ? current : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** Share of the claim's neighbouring words that stand near each other in the evidence too. */
function closePairs(met: readonly (number | undefined)[]): number {
  if (met.length < 2) return 1;
  const close = met.filter((at, i) => {
    const next = met[i + 1];
    return at !== undefined && next !== undefined && Math.abs(next - at) <= 6;
  });
  return close.length / (met.length - 1);
}

/** Share of neighbouring words that come in the same order. */
function inOrder(met: readonly (number | undefined)[]): number {
  const found = met.filter((at) => at !== undefined);
  if (found.length < 2) return 1;
  return found.filter((at, i) => i > 0 && at >= (found[i - 1] ?? 0)).length / (found.length - 1);
}
