import { createRoute, z } from '@hono/zod-openapi';
import type { AskRequest } from '../../ask/events.ts';
import { IbidError } from '../../model/errors.ts';
import { guardEvents } from '../ask-events.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { foldToJson } from '../encoders/json.ts';
import { encodeSse } from '../encoders/sse.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { AskResponseSchema, askRequestSchema } from '../schemas/ask.ts';
import { problemResponses } from '../schemas/problem.ts';
import { linkedAbort, streamEvents } from '../stream.ts';

/** `POST /v1/ask`: a cited answer or a decline, whole or as a stream of events. */
export function addAskRoute(app: App, deps: AppDependencies): void {
  app.openapi(askRoute(deps.settings), async (c) => {
    const { question, conversation_id: conversationId, filter, limit } = c.req.valid('json');
    if (conversationId !== undefined) await assertConversation(deps, conversationId);
    const abort = linkedAbort(c.req.raw.signal);
    const request: AskRequest = {
      question,
      signal: abort.signal,
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(filter === undefined ? {} : { filter }),
      ...(limit === undefined ? {} : { limit }),
    };
    const events = guardEvents(deps.ask(request), { id: c.get('requestId'), signal: abort.signal }, deps.log);
    if (wantsEventStream(c.req.header('accept'))) return streamEvents(c, encodeSse(events), abort);
    return c.json(await foldToJson(events), 200);
  });
}

async function assertConversation(deps: AppDependencies, id: string): Promise<void> {
  if ((await deps.conversations.getConversation(id, { limit: 1 })) !== undefined) return;
  throw new IbidError(
    'not_found',
    'There is no conversation of this id: leave `conversation_id` out to begin one.',
  );
}

function wantsEventStream(accept: string | undefined): boolean {
  return accept !== undefined && /\btext\/event-stream\b/i.test(accept);
}

function askRoute(settings: AppDependencies['settings']) {
  return createRoute({
    method: 'post',
    path: '/v1/ask',
    operationId: 'ask',
    tags: ['Ask'],
    summary: 'Ask a question',
    description:
      'Answers from the documents, each sentence with a verbatim quote, or declines with the closest passages. ' +
      'With `Accept: text/event-stream` the events `passages-found`, `text-delta`, `citation-added` and `answer-end` ' +
      '(or `ask-error`) arrive as they happen; `answer-end` carries the whole of the JSON response. ' +
      `A question longer than ${settings.maxQuestionChars} characters is a 400, a body over ${settings.maxJsonBytes} bytes a 413.`,
    security: [{ apiKey: [] }],
    middleware: [jsonBody(settings.maxJsonBytes)],
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: askRequestSchema(settings.maxQuestionChars),
            example: { question: 'How many days of leave do I have?' },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'An answer or a decline.',
        content: {
          'application/json': { schema: AskResponseSchema },
          'text/event-stream': {
            schema: z.string().openapi({
              description:
                'Server-sent events; each `data` is one line of JSON with its event’s name as `type`.',
              example: 'event: text-delta\ndata: {"type":"text-delta","text":"Leave is 28 days a year."}\n\n',
            }),
          },
        },
      },
      ...problemResponses(400, 404, 413, 415, 502, 503),
    },
  });
}
