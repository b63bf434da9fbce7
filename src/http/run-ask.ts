import type { AskEvent, AskRequest } from '../ask/events.ts';
import { guardEvents } from './ask-events.ts';
import { beginEvents } from './begin-events.ts';
import type { AppDependencies, HttpContext } from './dependencies.ts';
import { linkedAbort } from './stream.ts';

/** Asks on behalf of a request, until its caller leaves. Rejects when it fails at once. */
export async function runAsk(
  c: HttpContext,
  deps: Pick<AppDependencies, 'ask' | 'log'>,
  request: Omit<AskRequest, 'signal'>,
): Promise<{ events: AsyncGenerator<AskEvent>; abort: AbortController }> {
  const abort = linkedAbort(c.req.raw.signal);
  const asked = deps.ask({ ...request, signal: abort.signal });
  const events = guardEvents(asked, { id: c.get('requestId'), signal: abort.signal }, deps.log);
  return { events: await beginEvents(events), abort };
}
