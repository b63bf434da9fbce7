import type { AnswerEnd, AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { IbidError } from '../../model/errors.ts';
import { problemOf } from '../problem.ts';
import { endOf } from './json.ts';
import {
  citationsOf,
  type OpenAiReply,
  ownCitation,
  ownFields,
  tokensOf,
  urlCitation,
} from './openai-answer.ts';
import { responseId } from './openai-response-id.ts';

/** What a response says again of its request. */
export interface ResponseReply extends OpenAiReply {
  readonly previousResponseId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly isStored: boolean;
  /** Told again from what was stored: how long it took is not known any more. */
  readonly isReplayed?: boolean;
}

type Status = 'in_progress' | 'completed' | 'failed';

/** One answer as a response (https://platform.openai.com/docs/api-reference/responses/object). */
export async function foldToResponse(events: AsyncIterable<AskEvent>, reply: ResponseReply) {
  return completed(await endOf(events), reply);
}

/**
 * The events of one answer as those of a response
 * (https://platform.openai.com/docs/api-reference/responses-streaming), numbered from 0; those up to number `after` are left out.
 */
export async function* encodeResponseEvents(
  events: AsyncIterable<AskEvent>,
  reply: ResponseReply,
  after = -1,
): AsyncGenerator<string> {
  let number = 0;
  const send = (type: string, fields: object) => {
    const sequence_number = number++;
    if (sequence_number <= after) return '';
    return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields, sequence_number })}\n\n`;
  };
  let ids = { id: '', conversationId: '' };
  let annotations = 0;
  for await (const event of events) {
    const place = { item_id: itemId(ids.id), output_index: 0, content_index: 0 };
    switch (event.type) {
      case 'passages-found': {
        ids = event;
        const response = { ...responseOf(ids, 'in_progress', reply), output: [], usage: null };
        yield send('response.created', { response });
        yield send('response.in_progress', { response });
        const item = itemOf(ids.id, 'in_progress', []);
        yield send('response.output_item.added', { output_index: 0, item });
        yield send('response.content_part.added', {
          ...{ item_id: item.id, output_index: 0, content_index: 0 },
          part: partOf('', []),
        });
        break;
      }
      case 'text-delta':
        yield send('response.output_text.delta', { ...place, delta: event.text, logprobs: [] });
        break;
      case 'citation-added': {
        const annotation = annotationOf(event.citation, reply.origin);
        yield send('response.output_text.annotation.added', {
          ...place,
          annotation_index: annotations++,
          annotation,
        });
        break;
      }
      case 'answer-end': {
        const response = completed(event, reply);
        const [item] = response.output;
        yield send('response.output_text.done', { ...place, text: event.answer.text, logprobs: [] });
        yield send('response.content_part.done', { ...place, part: item?.content[0] });
        yield send('response.output_item.done', { output_index: 0, item });
        yield send('response.completed', { response });
        break;
      }
      case 'ask-error': {
        const { error } = problemOf(new IbidError(event.code, event.message), { id: ids.id });
        const failed = { ...responseOf(ids, 'failed', reply), output: [], usage: null };
        yield send('response.failed', {
          response: { ...failed, error: { code: 'server_error', message: error.message } },
        });
        // The `error` member makes the client throw, which the event alone would not.
        yield send('error', { code: error.code, message: error.message, param: null, error });
      }
    }
  }
}

function completed(end: AnswerEnd, reply: ResponseReply) {
  const annotations = citationsOf(end).map((citation) => annotationOf(citation, reply.origin));
  const output = [itemOf(end.id, 'completed', [partOf(end.answer.text, annotations)])];
  return { ...responseOf(end, 'completed', reply), output, usage: usageOf(end, reply), ...ownOf(end, reply) };
}

/** Without what does not hold: the conversation of a response that is not stored, the times of one that is told again. */
function ownOf(end: AnswerEnd, { isStored, isReplayed = false }: ResponseReply) {
  const { conversation_id, timing_ms, ...ibid } = ownFields(end).ibid;
  return {
    ibid: { ...ibid, ...(isStored ? { conversation_id } : {}), ...(isReplayed ? {} : { timing_ms }) },
  };
}

function responseOf(
  ids: { readonly id: string; readonly conversationId: string },
  status: Status,
  { created, model, previousResponseId, metadata, isStored }: ResponseReply,
) {
  return {
    id: responseId(ids),
    object: 'response',
    created_at: created,
    status,
    error: null as object | null,
    incomplete_details: null,
    instructions: null,
    conversation: isStored ? { id: ids.conversationId } : null,
    previous_response_id: previousResponseId,
    model,
    metadata,
    ...{ parallel_tool_calls: false, tool_choice: 'none', tools: [], temperature: null, top_p: null },
    ...{ text: { format: { type: 'text' } }, store: isStored, background: false, truncation: 'disabled' },
  };
}

function itemOf(answerId: string, status: Status, content: ReturnType<typeof partOf>[]) {
  return { id: itemId(answerId), type: 'message', role: 'assistant', status, content };
}

function itemId(answerId: string): string {
  return `msg_${answerId}`;
}

function partOf(text: string, annotations: ReturnType<typeof annotationOf>[]) {
  return { type: 'output_text', text, annotations, logprobs: [] };
}

function annotationOf(citation: Citation, origin: string) {
  return { type: 'url_citation', ...urlCitation(citation, origin), ...ownCitation(citation) };
}

function usageOf(end: AnswerEnd, { prompt }: ResponseReply) {
  const { input, output } = tokensOf(end, prompt);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}
