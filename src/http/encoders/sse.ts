import type { AskEvent } from '../../ask/events.ts';
import { encodeAnswerEnd, encodeCitation, encodeHit } from './json.ts';

/**
 * The events of one question as server-sent events: each keeps its name, and its `data` is one line of JSON
 * in snake_case that carries the name again as `type` (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 */
export async function* encodeSse(events: AsyncIterable<AskEvent>): AsyncGenerator<string> {
  for await (const event of events) yield serverSentEvent(event.type, { type: event.type, ...dataOf(event) });
}

/** One server-sent event. JSON escapes line ends, so that the data is always one line. */
function serverSentEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function dataOf(event: AskEvent): Record<string, unknown> {
  switch (event.type) {
    case 'passages-found':
      return {
        id: event.id,
        conversation_id: event.conversationId,
        standalone_question: event.standaloneQuestion,
        passages: event.passages.map(encodeHit),
      };
    case 'text-delta':
      return { text: event.text };
    case 'citation-added':
      return { citation: encodeCitation(event.citation) };
    case 'answer-end':
      return encodeAnswerEnd(event);
    case 'ask-error':
      return { code: event.code, message: event.message };
  }
}
