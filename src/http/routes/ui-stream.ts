import { createRoute, z } from '@hono/zod-openapi';
import { guardEvents } from '../ask-events.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { encodeUiStream, UI_STREAM_HEADER } from '../encoders/ui-stream.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { ownOrigin } from '../own-origin.ts';
import { parseBody } from '../parse-body.ts';
import { addPlainRoute } from '../plain-route.ts';
import { InvalidFieldsError } from '../problem.ts';
import { problemResponses } from '../schemas/problem.ts';
import { type UiStreamRequest, UiStreamRequestSchema } from '../schemas/ui-stream.ts';
import { questionOf, type SpokenMessage } from '../spoken-messages.ts';
import { linkedAbort, streamEvents } from '../stream.ts';

/** `POST /v1/ui-stream`: an answer for the AI SDK's `useChat` and its `DefaultChatTransport`; `GET …/{id}/stream`: what it asks to resume. */
export function addUiStreamRoute(app: App, deps: AppDependencies): void {
  const { maxMessagesBytes, maxQuestionChars: maxChars } = deps.settings;
  addPlainRoute(app, uiStreamRoute, jsonBody(maxMessagesBytes), async (c) => {
    const body = await parseBody(c, UiStreamRequestSchema);
    const asked = questionOf(body.messages.map(toSpoken), { maxChars, field: 'messages' });
    const { conversation_id: conversationId } = body;
    const abort = linkedAbort(c.req.raw.signal);
    const events = deps.ask({
      ...asked,
      ...(conversationId == null ? {} : { conversationId }),
      signal: abort.signal,
    });
    // Faults come within the stream: the client shows their words, where of a refused request it would show the body.
    const guarded = guardEvents(events, { id: c.get('requestId'), signal: abort.signal }, deps.log);
    c.header(...UI_STREAM_HEADER);
    return streamEvents(c, encodeUiStream(guarded, ownOrigin(c)), abort);
  });

  // An asker who leaves ends the answer, so that none runs on which a page could take up again.
  app.openapi(resumeRoute, (c) => c.body(null, 204));
}

type UiMessage = UiStreamRequest['messages'][number];

function toSpoken({ role, parts }: UiMessage, index: number): SpokenMessage {
  if (role === 'user' && parts.some(({ type }) => type === 'file')) {
    const path = `messages.${index}.parts`;
    const message = 'this server reads text only: leave files out';
    throw new InvalidFieldsError(`${path}: ${message}`, [{ path, message }]);
  }
  const text = parts.map(({ type, text: said }) => (type === 'text' ? (said ?? '') : '')).join('');
  return { role: role === 'system' ? 'other' : role, text };
}

const resumeRoute = createRoute({
  method: 'get',
  path: '/v1/ui-stream/{id}/stream',
  operationId: 'resumeUiStream',
  tags: ['Ask'],
  summary: 'Whether an answer runs on, as the AI SDK asks with `resume`',
  description:
    'None does: an answer ends when its asker leaves. A page shows what it has, and may ask again.',
  security: [{ apiKey: [] }],
  request: { params: z.object({ id: z.string().openapi({ description: 'Of the chat.', example: 'c1' }) }) },
  responses: { 204: { description: 'No answer is running.' }, ...problemResponses() },
});

const uiStreamRoute = createRoute({
  method: 'post',
  path: '/v1/ui-stream',
  operationId: 'createUiStream',
  tags: ['Ask'],
  summary: 'Ask as the AI SDK’s useChat does',
  description:
    'A UI message stream: the answer as a text part, a `source-url` part for each quote, `data-citation` parts with the ' +
    'citations as in an Answer, and a `data-answer` part with status, confidence, ids and the closest passages of a ' +
    'decline. `conversation_id` in the body continues a stored conversation; without it the messages are the conversation.',
  security: [{ apiKey: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: UiStreamRequestSchema } } } },
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...problemResponses(400, 413, 415),
  },
});
