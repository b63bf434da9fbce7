/**
 * Proof of one sentence of an answer.
 * `document.text.slice(start, end) === quote`, and `answer.text.slice(answerStart, answerEnd)` is the sentence it proves.
 * Offsets are UTF-16 code units, end exclusive.
 */
export interface Citation {
  /** Number shown to the reader, from 1, in order of appearance; one number a quote. */
  readonly marker: number;
  readonly passageId: string;
  readonly documentId: string;
  readonly title: string;
  readonly uri: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly answerStart: number;
  readonly answerEnd: number;
  readonly headings: readonly string[];
  readonly page?: number;
}
