import type { Citation, Turn as PastTurn } from '../client/client.ts';
import type { Fault } from './client/fault.ts';

/** An answer as a conversation keeps it, and with what only its first telling has. */
export interface TurnAnswer extends Omit<PastTurn, 'question' | 'asked_at'> {
  readonly degraded?: string | undefined;
}

/** A question and what has become of it. The chat writes it, its view shows it. */
export interface Turn {
  readonly question: string;
  phase: 'waiting' | 'answering' | 'done' | 'stopped' | 'failed';
  /** Whether it takes so long that this is said. */
  slow: boolean;
  text: string;
  citations: readonly Citation[];
  answer?: TurnAnswer;
  fault?: Fault;
  /** Whether the conversation that it went on with was gone. */
  forgotten: boolean;
  rating?: 'up' | 'down';
}

export function newTurn(question: string): Turn {
  return { question, phase: 'waiting', slow: false, text: '', citations: [], forgotten: false };
}

/** A turn as the server remembers it. */
export function pastTurn({ question, ...answer }: PastTurn): Turn {
  const { text, citations } = answer;
  return { question, phase: 'done', slow: false, text, citations, answer, forgotten: false };
}
