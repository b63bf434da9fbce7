import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { encodeChatChunks, foldToChatCompletion } from '../encoders/openai-chat.ts';
import { showQuotes } from '../encoders/openai-quotes.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { spokenMessages } from '../openai-messages.ts';
import { modelOf } from '../openai-models.ts';
import { ownOrigin } from '../own-origin.ts';
import { parseBody } from '../parse-body.ts';
import { addPlainRoute } from '../plain-route.ts';
import { runAsk } from '../run-ask.ts';
import { ChatCompletionRequestSchema, ChatCompletionSchema } from '../schemas/openai.ts';
import { problemResponses } from '../schemas/problem.ts';
import { questionOf } from '../spoken-messages.ts';
import { streamEvents } from '../stream.ts';

/** `POST /v1/chat/completions`: an answer in the format of OpenAI's chat completions, whole or streamed. */
export function addOpenAiChatRoute(app: App, deps: AppDependencies): void {
  const { maxMessagesBytes, maxQuestionChars: maxChars } = deps.settings;
  addPlainRoute(app, chatRoute, jsonBody(maxMessagesBytes), async (c) => {
    const body = await parseBody(c, ChatCompletionRequestSchema);
    const spoken = spokenMessages(body.messages, 'messages');
    const { events, abort } = await runAsk(c, deps, questionOf(spoken, { maxChars, field: 'messages' }));
    const { name: model, showsQuotes } = modelOf(body.model);
    const origin = ownOrigin(c);
    const prompt = spoken.map(({ text }) => text).join('');
    const reply = { model, origin, prompt, created: Math.floor(deps.clock() / 1000) };
    const shown = showsQuotes ? showQuotes(events, origin) : events;
    if (body.stream !== true) return c.json(await foldToChatCompletion(shown, reply));
    const includeUsage = body.stream_options?.include_usage === true;
    return streamEvents(c, encodeChatChunks(shown, reply, { includeUsage }), abort);
  });
}

const chatRoute = createRoute({
  method: 'post',
  path: '/v1/chat/completions',
  operationId: 'createChatCompletion',
  tags: ['OpenAI'],
  summary: 'Ask as OpenAI’s chat completions do',
  description:
    'Citations are `url_citation` annotations of the message. A decline is a normal message. Parameters that steer a ' +
    'language model are accepted and have no effect; those whose promise could not be kept (`n` over 1, a ' +
    '`response_format` other than text, a forced tool, images) are refused.',
  security: [{ apiKey: [] }],
  request: {
    body: { required: true, content: { 'application/json': { schema: ChatCompletionRequestSchema } } },
  },
  responses: {
    200: {
      description: 'The answer; with `stream`, chunks of it as server-sent events.',
      content: {
        'application/json': { schema: ChatCompletionSchema },
        'text/event-stream': { schema: z.string() },
      },
    },
    ...problemResponses(400, 413, 415, 502, 503),
  },
});
