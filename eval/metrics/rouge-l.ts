import { commonSubsequence } from './common-subsequence.ts';

/**
 * ROUGE-L F1 in [0, 1]: longest common subsequence over lower-cased words, best over the gold texts; undefined without any.
 * Source: Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries", sentence level, beta = 1, no stemming.
 */
export function rougeL(text: string, golds: readonly string[]): number | undefined {
  if (golds.length === 0) return undefined;
  const words = wordsOf(text);
  return Math.max(...golds.map((gold) => subsequenceF1(words, wordsOf(gold))));
}

function subsequenceF1(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  return (2 * commonSubsequence(left, right)) / (left.length + right.length);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
