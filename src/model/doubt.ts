import type { Answer } from './answer.ts';

/** What a surface says below an answer that is less likely than not to be one. */
export const DOUBT = 'This may not be the answer: see the quotes.';

/** Whether an answer is less likely than not to be one. `confidence` is its probability, in [0, 1]. */
export function isDoubtful({ answer, confidence }: { answer: Answer; confidence: number }): boolean {
  return answer.status === 'answered' && confidence < 0.5;
}
