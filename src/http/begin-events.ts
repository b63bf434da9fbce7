import type { AskEvent } from '../ask/events.ts';
import { IbidError } from '../model/errors.ts';

/** The same events once the first has come, so that what fails at once is refused with its status, before a stream begins. */
export async function beginEvents(events: AsyncGenerator<AskEvent>): Promise<AsyncGenerator<AskEvent>> {
  const first = await events.next();
  if (first.done !== true && first.value.type === 'ask-error') {
    throw new IbidError(first.value.code, first.value.message);
  }
  return resume(first, events);
}

async function* resume(
  first: IteratorResult<AskEvent>,
  rest: AsyncGenerator<AskEvent>,
): AsyncGenerator<AskEvent> {
  if (first.done !== true) yield first.value;
  yield* rest;
}
