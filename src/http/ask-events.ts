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
  request: { id: string; signal: AbortSignal },
  log: (entry: LogEntry) => void,
): AsyncGenerator<AskEvent> {
  const hide = (thrown: unknown): AskEvent => {
    // A caller who left is no fault of the server.
    if (!request.signal.aborted) log(faultEntry(request.id, thrown));
    const { code, message } = publicError(thrown, request.id);
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
