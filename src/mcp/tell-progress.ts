import type { ServerContext } from '@modelcontextprotocol/server';
import type { AskEvent } from '../ask/events.ts';

/**
 * The same events; a client that sent a `progressToken` is told of them as they come
 * (https://modelcontextprotocol.io/specification/2025-06-18/basic/utilities/progress): what was found, then each sentence
 * once it is proven. How many there will be is not known, so there is no total.
 */
export async function* tellProgress(
  events: AsyncIterable<AskEvent>,
  { _meta, notify }: ServerContext['mcpReq'],
): AsyncGenerator<AskEvent> {
  const progressToken = _meta?.progressToken;
  let progress = 0;
  for await (const event of events) {
    const message = progressToken === undefined ? undefined : wordsOf(event);
    if (progressToken !== undefined && message !== undefined) {
      // Whoever has left hears no more of it, which is no fault.
      await notify({
        method: 'notifications/progress',
        params: { progressToken, progress: ++progress, message },
      }).catch(() => {});
    }
    yield event;
  }
}

function wordsOf(event: AskEvent): string | undefined {
  if (event.type === 'text-delta') return event.text.trim();
  if (event.type !== 'passages-found') return undefined;
  const { length } = event.passages;
  return `${length} ${length === 1 ? 'passage' : 'passages'} found for “${event.standaloneQuestion}”`;
}
