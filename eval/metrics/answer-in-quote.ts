import { containsAnswer } from './contains-answer.ts';

/**
 * 1 where a gold answer or gold sentence occurs, normalised and as whole tokens, in one of the cited quotes, else 0.
 * Undefined without gold. Own definition: the extractive counterpart of ALCE's (Gao et al. 2023) string-match correctness.
 */
export function answerInQuote(quotes: readonly string[], golds: readonly string[]): number | undefined {
  if (golds.length === 0) return undefined;
  return quotes.some((quote) => containsAnswer(quote, golds)) ? 1 : 0;
}
