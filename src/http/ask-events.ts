import type { AskEvent } from '../ask/events.ts';
import type { LogEntry } from './dependencies.ts';
import { publicError } from './problem.ts';
import { faultEntry } from './respond.ts';

/**
 * The same events, fit for any surface: an `internal` fault is logged and told without its details,
 * and a throw (which `ask` promises not to do) becomes an `ask-error`.
 */
export async function* guardEvents(
  events: AsyncIterable<AskEvent>,
  requestId: string,
  log: (entry: LogEntry) => void,
): AsyncGenerator<AskEvent> {
  const hide = (thrown: unknown): AskEvent => {
    log(faultEntry(requestId, thrown));
    const { code, message } = publicError(thrown, requestId);
    return { type: 'ask-error', code, message };
  };
  try {
    for await (const event of events) {
      yield event.type === 'ask-error' && event.code === 'internal' ? hide(event.message) : event;
    }
  } catch (thrown) {
    yield hide(thrown);
  }
}
