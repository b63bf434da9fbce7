import type { AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { sourceUrl } from '../../model/source-url.ts';
import { encodeCitation, encodeRest } from './json.ts';

/** The header by which the AI SDK knows the format. */
export const UI_STREAM_HEADER = ['x-vercel-ai-ui-message-stream', 'v1'] as const;

const TEXT = { id: 'answer' };

/**
 * The events of one answer as the AI SDK's UI message stream (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol): the
 * answer as one text part, a source part for each quote, and as data parts the citations and the rest of the answer.
 */
export async function* encodeUiStream(
  events: AsyncIterable<AskEvent>,
  origin: string,
): AsyncGenerator<string> {
  let citations = 0;
  let isTextOpen = false;
  const markers = new Set<number>();
  for await (const event of events) {
    switch (event.type) {
      case 'passages-found': {
        const messageMetadata = { answer_id: event.id, conversation_id: event.conversationId };
        yield part({ type: 'start', messageId: event.id, messageMetadata });
        yield part({ type: 'start-step' });
        const data = { standalone_question: event.standaloneQuestion, passages: event.passages.length };
        yield part({ type: 'data-found', data, transient: true });
        break;
      }
      case 'text-delta':
        if (!isTextOpen) yield part({ type: 'text-start', ...TEXT });
        isTextOpen = true;
        yield part({ type: 'text-delta', ...TEXT, delta: event.text });
        break;
      case 'citation-added': {
        const { citation } = event;
        if (!markers.has(citation.marker)) yield part(sourceOf(citation, origin));
        markers.add(citation.marker);
        yield part({
          type: 'data-citation',
          id: `citation-${++citations}`,
          data: encodeCitation(citation),
        });
        break;
      }
      case 'answer-end':
        if (isTextOpen) yield part({ type: 'text-end', ...TEXT });
        yield part({ type: 'data-answer', id: 'answer', data: encodeRest(event) });
        yield part({ type: 'finish-step' });
        yield part({ type: 'finish', finishReason: 'stop' });
        break;
      case 'ask-error':
        yield part({ type: 'error', errorText: event.message });
    }
  }
  yield 'data: [DONE]\n\n';
}

function sourceOf(citation: Citation, origin: string) {
  return {
    type: 'source-url',
    sourceId: String(citation.marker),
    url: sourceUrl(citation, origin),
    title: citation.title === '' ? citation.uri : citation.title,
    providerMetadata: { ibid: encodeCitation(citation) },
  };
}

function part(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
