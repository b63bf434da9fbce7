import { createRoute, z } from '@hono/zod-openapi';
import type { AskRequest } from '../../ask/events.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { showQuotes } from '../encoders/openai-quotes.ts';
import { encodeResponseEvents, foldToResponse } from '../encoders/openai-response.ts';
import { parseResponseId } from '../encoders/openai-response-id.ts';
import { noteOf } from '../encoders/stored-response.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { spokenMessages } from '../openai-messages.ts';
import { modelOf } from '../openai-models.ts';
import { ownOrigin } from '../own-origin.ts';
import { parseBody } from '../parse-body.ts';
import { addPlainRoute } from '../plain-route.ts';
import { InvalidFieldsError } from '../problem.ts';
import { runAsk } from '../run-ask.ts';
import { type ResponseRequest, ResponseRequestSchema, ResponseSchema } from '../schemas/openai.ts';
import { problemResponses } from '../schemas/problem.ts';
import { questionOf } from '../spoken-messages.ts';
import { streamEvents } from '../stream.ts';
import { unknownHere } from '../unknown-here.ts';

/** `POST /v1/responses`: an answer in the format of OpenAI's responses, whole or streamed. */
export function addOpenAiResponsesRoute(app: App, deps: AppDependencies): void {
  const { maxMessagesBytes, maxQuestionChars: maxChars } = deps.settings;
  addPlainRoute(app, responsesRoute, jsonBody(maxMessagesBytes), async (c) => {
    const body = await parseBody(c, ResponseRequestSchema);
    const { input } = body;
    const messages = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
    const spoken = spokenMessages(messages, 'input');
    const asked = questionOf(spoken, { maxChars, field: 'input' });
    const { name: model, showsQuotes } = modelOf(body.model);
    const origin = ownOrigin(c);
    const isStored = body.store !== false;
    const reply = {
      ...{ model, origin, isStored, created: Math.floor(deps.clock() / 1000) },
      prompt: spoken.map(({ text }) => text).join(''),
      previousResponseId: body.previous_response_id ?? null,
      metadata: body.metadata ?? {},
    };
    const kept = { store: isStored, note: noteOf(reply) };
    const context = await contextOf(deps, body);
    const { events, abort } = await runAsk(c, deps, { ...asked, ...context, ...kept });
    const shown = showsQuotes ? showQuotes(events, origin) : events;
    if (body.stream !== true) return c.json(await foldToResponse(shown, reply));
    return streamEvents(c, encodeResponseEvents(shown, reply), abort);
  });
}

type Context = Pick<AskRequest, 'conversationId' | 'history'>;

/** What was said before, where the request names it by an id: from there on `input` brings what is new. */
async function contextOf(
  { conversations }: Pick<AppDependencies, 'conversations'>,
  { previous_response_id: previous, conversation }: ResponseRequest,
): Promise<Context> {
  if (previous != null && conversation != null) {
    const message = 'cannot be sent along with previous_response_id: send one of them';
    throw new InvalidFieldsError(`conversation: ${message}`, [{ path: 'conversation', message }]);
  }
  if (conversation != null) {
    const conversationId = typeof conversation === 'string' ? conversation : conversation.id;
    if ((await conversations.getConversation(conversationId)) === undefined)
      throw unknownHere('conversation');
    return { conversationId };
  }
  if (previous == null) return {};
  const ids = parseResponseId(previous);
  const turns = ids && (await conversations.getConversation(ids.conversationId))?.turns;
  const at = turns?.findIndex(({ id }) => id === ids?.answerId) ?? -1;
  if (ids === undefined || turns === undefined || at === -1) throw unknownHere('previous_response_id');
  if (at === turns.length - 1) return { conversationId: ids.conversationId };
  // Something else was asked after it: this goes on from where it was, in a conversation of its own.
  return {
    history: turns.slice(0, at + 1).map(({ question, answer }) => ({ question, answer: answer.text })),
  };
}

const responsesRoute = createRoute({
  method: 'post',
  path: '/v1/responses',
  operationId: 'createResponse',
  tags: ['OpenAI'],
  summary: 'Ask as OpenAI’s responses do',
  description:
    'Citations are `url_citation` annotations of the output text. Send `previous_response_id` to ask a follow-up. ' +
    'A response is stored with its conversation unless `store` is false. ' +
    'A decline is a normal message. Parameters that steer a language model are accepted and have no effect.',
  security: [{ apiKey: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: ResponseRequestSchema } } } },
  responses: {
    200: {
      description: 'The answer; with `stream`, the events of a response as server-sent events.',
      content: {
        'application/json': { schema: ResponseSchema },
        'text/event-stream': { schema: z.string() },
      },
    },
    ...problemResponses(400, 404, 413, 415, 502, 503),
  },
});
