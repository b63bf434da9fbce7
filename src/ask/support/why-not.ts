import type { Finding } from './judge-claim.ts';

/** Why none of the findings proves the sentence, in words that its writer can act on. */
export function whyNot(findings: readonly Finding[]): string {
  const [closest] = [...findings].sort((a, b) => b.coverage - a.coverage);
  if (closest === undefined || closest.coverage < 0.3) return 'none of the passages says this';
  const reasons = [...new Set(closest.faults.map(({ reason }) => reason))];
  if (reasons.length > 0) return reasons.slice(0, 3).join('; ');
  return 'no passage says all of this; keep to what one of them says';
}
