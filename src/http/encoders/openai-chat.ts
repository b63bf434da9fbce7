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

/** One answer as a chat completion (https://platform.openai.com/docs/api-reference/chat/object). */
export async function foldToChatCompletion(events: AsyncIterable<AskEvent>, reply: OpenAiReply) {
  const end = await endOf(events);
  const content = end.answer.text;
  const annotations = citationsOf(end).map((citation) => annotationOf(citation, reply.origin));
  const message = { role: 'assistant', content, refusal: null, annotations };
  return {
    ...headOf(end.id, 'chat.completion', reply),
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageOf(end, reply),
    ...ownFields(end),
  };
}

/**
 * The events of one answer as chunks of a chat completion (https://platform.openai.com/docs/api-reference/chat/streaming).
 * All annotations come in one delta behind the text: of the clients, some add up the lists of several and some keep the last.
 */
export async function* encodeChatChunks(
  events: AsyncIterable<AskEvent>,
  reply: OpenAiReply,
  { includeUsage }: { includeUsage: boolean },
): AsyncGenerator<string> {
  let id = '';
  const citations: Citation[] = [];
  const chunk = (choices: object[], extra: object = includeUsage ? { usage: null } : {}) =>
    data({ ...headOf(id, 'chat.completion.chunk', reply), choices, ...extra });
  const delta = (given: object) => chunk([{ index: 0, delta: given, logprobs: null, finish_reason: null }]);
  for await (const event of events) {
    switch (event.type) {
      case 'passages-found':
        id = event.id;
        yield delta({ role: 'assistant', content: '', refusal: null });
        break;
      case 'text-delta':
        yield delta({ content: event.text });
        break;
      case 'citation-added':
        citations.push(event.citation);
        break;
      case 'answer-end': {
        const annotations = citations.map((citation) => annotationOf(citation, reply.origin));
        if (annotations.length > 0) yield delta({ annotations });
        const last = { index: 0, delta: {}, logprobs: null, finish_reason: 'stop' };
        yield chunk([last], { ...(includeUsage ? { usage: null } : {}), ...ownFields(event) });
        if (includeUsage) yield chunk([], { usage: usageOf(event, reply) });
        yield 'data: [DONE]\n\n';
        break;
      }
      case 'ask-error':
        // The client throws at a chunk that has an `error`.
        yield data({ error: problemOf(new IbidError(event.code, event.message), { id }).error });
    }
  }
}

function headOf(answerId: string, object: string, { created, model }: OpenAiReply) {
  return { id: `chatcmpl-${answerId}`, object, created, model };
}

function annotationOf(citation: Citation, origin: string) {
  return { type: 'url_citation', url_citation: urlCitation(citation, origin), ...ownCitation(citation) };
}

function usageOf(end: AnswerEnd, { prompt }: OpenAiReply) {
  const { input, output } = tokensOf(end, prompt);
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function data(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
