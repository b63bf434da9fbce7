import type { Usage } from '../model/usage.ts';
import type { StoredPassage } from './passage-store.ts';
import type { Support } from './support.ts';

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
  /** Tokens that the answer in it takes; undefined where it was not read closely. */
  readonly answerLength?: number;
}

export interface ReadInput {
  readonly question: string;
  /** Best first. */
  readonly passages: readonly StoredPassage[];
  /** Best first. */
  readonly sentences: readonly RatedSentence[];
  /** Parts of the question for which nothing was found, each standing alone. */
  readonly unanswered: readonly string[];
  /** Looks for what proves a sentence; `cited` are indices into `passages`. The same sentence is looked up once. */
  readonly prove: (sentence: string, cited?: readonly number[]) => Promise<Support>;
  /** Takes what is to be said of the answer besides its sentences. */
  readonly note: (note: ReadNote) => void;
  readonly signal: AbortSignal;
}

export type ReadNote =
  /** A sentence was left out, because nothing proves it. */
  | { readonly type: 'omitted' }
  /** A part of the question, standing alone, has no answer. */
  | { readonly type: 'unanswered'; readonly question: string }
  /** What did not work and what answered instead, for the asker. */
  | { readonly type: 'degraded'; readonly message: string }
  | { readonly type: 'usage'; readonly usage: Usage };

/** Writes an answer sentence by sentence. Nothing that it writes is shown before it is verified. */
export type Reader = (input: ReadInput) => AsyncIterable<Statement>;
