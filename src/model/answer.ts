import type { Citation } from './citation.ts';
import type { Hit } from './passage.ts';

/** Why a question was declined. */
export type DeclineReason =
  | 'no_answer_in_documents'
  | 'no_documents'
  | 'not_a_question'
  | 'answer_unsupported';

/** An answered question: `text` is plain sentences without markers, each covered by a citation. */
export interface Answered {
  readonly status: 'answered';
  readonly text: string;
  readonly citations: readonly Citation[];
  /** Sentences that a language model wrote and that were left out, because no passage supports them; never 0. */
  readonly omitted?: number;
  /** Parts of the question, each standing alone, to which the documents hold no answer; never empty. */
  readonly unanswered?: readonly string[];
}

/** An honest "not in the documents", with the closest passages. */
export interface Declined {
  readonly status: 'declined';
  readonly reason: DeclineReason;
  readonly text: string;
  readonly closest: readonly Hit[];
}

export type Answer = Answered | Declined;
