import { normaliseAnswer } from './normalise-answer.ts';

/**
 * 1 where the answer equals one of the gold answers after normalisation, else 0; undefined without gold answers.
 * Source: exact match of the SQuAD evaluation script, best over the gold answers.
 */
export function exactMatch(answer: string, golds: readonly string[]): number | undefined {
  if (golds.length === 0) return undefined;
  const normalised = normaliseAnswer(answer);
  return golds.some((gold) => normaliseAnswer(gold) === normalised) ? 1 : 0;
}
