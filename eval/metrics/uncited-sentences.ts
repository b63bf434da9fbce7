import { splitSentences } from '../../src/ingest/sentences.ts';
import { containsAnswer } from './contains-answer.ts';
import { answerTokens } from './normalise-answer.ts';

/**
 * Sentences of the answer that no quote stands behind: `{ sentences, uncited }`.
 * A sentence is cited where a quote holds it, it holds a quote, or at least half of its tokens occur in one quote.
 * Own definition, lexical: it sees the text and quotes that a prediction line carries and no answer offsets.
 */
export function uncitedSentences(
  text: string,
  quotes: readonly string[],
): { readonly sentences: number; readonly uncited: number } {
  const sentences = sentencesOf(text);
  const uncited = sentences.filter((sentence) => !quotes.some((quote) => backs(quote, sentence)));
  return { sentences: sentences.length, uncited: uncited.length };
}

function backs(quote: string, sentence: string): boolean {
  if (containsAnswer(quote, [sentence]) || containsAnswer(sentence, [quote])) return true;
  const tokens = answerTokens(sentence);
  const held = new Set(answerTokens(quote));
  return tokens.filter((token) => held.has(token)).length >= tokens.length / 2;
}

/** As documents are split: a question mark within an address ends no sentence. */
function sentencesOf(text: string): string[] {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => answerTokens(sentence).length > 0);
}
