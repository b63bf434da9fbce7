import type { StoredPassage } from './passage-store.ts';
import type { Quote } from './reader.ts';

export interface SupportContext {
  /** The standalone question. */
  readonly question: string;
  /** What was retrieved, best first. */
  readonly passages: readonly StoredPassage[];
  /** Indices into `passages`, from 0, that the writer of the sentence pointed to; looked at first, never trusted. */
  readonly cited?: readonly number[];
}

/** Either the stretches of `passages` that prove a sentence, with a calibrated probability that they do, or why none does. */
export type Support =
  | { readonly supported: true; readonly quotes: readonly Quote[]; readonly score: number }
  | {
      readonly supported: false;
      /** In words that its writer can act on, e.g. `"2012" is in none of the cited passages`. */
      readonly reason: string;
    };

/** Looks for what proves one sentence, without markers. Every quote is found by us and lies within one of `passages`. */
export type CheckSupport = (sentence: string, context: SupportContext) => Promise<Support>;
