import { answerTokens } from './normalise-answer.ts';

/**
 * Token F1 in [0, 1] between answer and gold as bags of normalised tokens, best over the gold answers; undefined without any.
 * Source: F1 of the SQuAD 2.0 evaluation script (Rajpurkar et al. 2018): where either is empty, 1 if both are, else 0.
 */
export function tokenF1(answer: string, golds: readonly string[]): number | undefined {
  if (golds.length === 0) return undefined;
  const tokens = answerTokens(answer);
  return Math.max(...golds.map((gold) => bagF1(tokens, answerTokens(gold))));
}

function bagF1(answer: readonly string[], gold: readonly string[]): number {
  if (answer.length === 0 || gold.length === 0) return answer.length === gold.length ? 1 : 0;
  const common = commonTokens(answer, gold);
  return (2 * common) / (answer.length + gold.length);
}

function commonTokens(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const token of left) counts.set(token, (counts.get(token) ?? 0) + 1);
  let common = 0;
  for (const token of right) {
    const count = counts.get(token) ?? 0;
    if (count === 0) continue;
    counts.set(token, count - 1);
    common += 1;
  }
  return common;
}
