import type { Answer } from './answer.ts';
import type { Usage } from './usage.ts';

/** One question with its answer, stored whole or not at all. */
export interface Turn {
  /** `ans_…`: also the answer's id, which feedback refers to. */
  readonly id: string;
  readonly question: string;
  readonly standaloneQuestion: string;
  readonly answer: Answer;
  /** Calibrated probability in [0, 1] that the documents answer the question. */
  readonly confidence: number;
  /** ISO 8601, UTC. */
  readonly askedAt: string;
  /** Missing when no language model was asked. */
  readonly usage?: Usage;
  /** What the surface that it was asked through wants back with it, in a form of its own; nobody else reads it. */
  readonly note?: string;
}

export interface Conversation {
  /** `conv_…`. */
  readonly id: string;
  /** Oldest first. */
  readonly turns: readonly Turn[];
}

/** Whether a turn left its question open; small talk asked none. */
export function isUnanswered({ answer }: Turn): boolean {
  return answer.status === 'declined' && answer.reason !== 'not_a_question';
}
