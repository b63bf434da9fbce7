import { normaliseAnswer } from './normalise-answer.ts';

/**
 * Whether one of the gold answers occurs in `text` as whole tokens, both normalised.
 * Source: the "answer recall" match of DPR (Karpukhin et al. 2020), on SQuAD-normalised text.
 */
export function containsAnswer(text: string, golds: readonly string[]): boolean {
  const padded = ` ${normaliseAnswer(text)} `;
  return golds.some((gold) => {
    const normalised = normaliseAnswer(gold);
    return normalised !== '' && padded.includes(` ${normalised} `);
  });
}
