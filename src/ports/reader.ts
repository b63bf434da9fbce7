import type { StoredPassage } from './passage-store.ts';

/** A stretch of a passage that proves something; offsets are those of the document. */
export interface Quote {
  readonly source: StoredPassage;
  readonly start: number;
  readonly end: number;
}

/** One sentence of an answer with what proves it. */
export interface Statement {
  readonly text: string;
  readonly quotes: readonly Quote[];
}

/** A sentence of a passage and the log-odds that it answers the question. */
export interface RatedSentence {
  readonly source: StoredPassage;
  /** Index in `source.passage.sentences`. */
  readonly index: number;
  readonly text: string;
  readonly logOdds: number;
}

export interface ReadInput {
  readonly question: string;
  /** Best first. */
  readonly passages: readonly StoredPassage[];
  /** Best first. */
  readonly sentences: readonly RatedSentence[];
  readonly signal: AbortSignal;
}

/** Writes an answer sentence by sentence. Nothing that it writes is shown before it is verified. */
export type Reader = (input: ReadInput) => AsyncIterable<Statement>;
