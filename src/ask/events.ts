import type { Answer } from '../model/answer.ts';
import type { Citation } from '../model/citation.ts';
import type { IbidErrorCode } from '../model/errors.ts';
import type { Hit } from '../model/passage.ts';
import type { Usage } from '../model/usage.ts';
import type { MetadataFilter } from '../ports/passage-store.ts';

export interface AskRequest {
  readonly question: string;
  /** Continues this conversation; a new one is begun without it. */
  readonly conversationId?: string;
  /** What was said before, oldest first, by a caller that keeps the conversation itself; only without `conversationId`. */
  readonly history?: readonly SpokenTurn[];
  readonly filter?: MetadataFilter;
  /** Passages to report, 1–50. */
  readonly limit?: number;
  /** Stored with the turn as it is; see `Turn`. */
  readonly note?: string;
  /** False: nothing of it is stored. */
  readonly store?: boolean;
  readonly signal?: AbortSignal;
}

/** One question with its answer, as a caller tells it. */
export interface SpokenTurn {
  readonly question: string;
  /** Empty when there was none. */
  readonly answer: string;
}

/** Milliseconds of each step and of the whole. */
export interface Timing {
  readonly contextualise: number;
  readonly retrieve: number;
  readonly read: number;
  readonly total: number;
}

export interface AnswerEnd {
  readonly type: 'answer-end';
  /** `ans_…`, for feedback. */
  readonly id: string;
  readonly conversationId: string;
  readonly answer: Answer;
  /** Calibrated probability in [0, 1] that the documents answer the question; the same number decides. */
  readonly confidence: number;
  readonly standaloneQuestion: string;
  readonly passages: readonly Hit[];
  /** What did not work and what answered instead, when something did not. */
  readonly degraded?: string;
  /** Missing when no language model was asked. */
  readonly usage?: Usage;
  readonly timing: Timing;
}

/** What happens while a question is answered, in this order; a stream ends with `answer-end` or `ask-error`. */
export type AskEvent =
  | {
      readonly type: 'passages-found';
      /** The id that the answer will have. */
      readonly id: string;
      readonly conversationId: string;
      readonly standaloneQuestion: string;
      readonly passages: readonly Hit[];
    }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'citation-added'; readonly citation: Citation }
  | AnswerEnd
  | { readonly type: 'ask-error'; readonly code: IbidErrorCode; readonly message: string };

/** Answers one question. Never throws: faults arrive as `ask-error`. */
export type Ask = (request: AskRequest) => AsyncIterable<AskEvent>;

export interface SearchRequest {
  readonly query: string;
  readonly filter?: MetadataFilter;
  /** Hits to return, 1–50. */
  readonly limit?: number;
}

/** Retrieval alone. */
export type Search = (request: SearchRequest) => Promise<{ hits: readonly Hit[]; degraded?: string }>;
