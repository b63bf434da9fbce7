import type { Ask } from '../../src/ask/events.ts';
import { IbidError } from '../../src/model/errors.ts';

/** Reads one answer's events to the end and returns its status. Throws the fault that arrives as an event. */
export async function askOnce(ask: Ask, question: string): Promise<'answered' | 'declined'> {
  for await (const event of ask({ question })) {
    if (event.type === 'ask-error') throw new IbidError(event.code, event.message);
    if (event.type === 'answer-end') return event.answer.status;
  }
  throw new IbidError('internal', 'The events of an answer ended without an answer.');
}
