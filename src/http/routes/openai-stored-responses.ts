import { createRoute, z } from '@hono/zod-openapi';
import type { Turn } from '../../model/conversation.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { showQuotes } from '../encoders/openai-quotes.ts';
import { encodeResponseEvents, foldToResponse } from '../encoders/openai-response.ts';
import { parseResponseId } from '../encoders/openai-response-id.ts';
import { replayTurn, storedReply } from '../encoders/stored-response.ts';
import { modelOf } from '../openai-models.ts';
import { ownOrigin } from '../own-origin.ts';
import { ResponseSchema } from '../schemas/openai.ts';
import { problemResponses } from '../schemas/problem.ts';
import { streamEvents } from '../stream.ts';
import { unknownHere } from '../unknown-here.ts';

/** `GET` and `DELETE /v1/responses/{id}`, and `GET /v1/responses/{id}/input_items`: what was stored of a response. */
export function addOpenAiStoredResponseRoutes(app: App, deps: Pick<AppDependencies, 'conversations'>): void {
  const { conversations } = deps;
  const find = async (id: string): Promise<{ conversationId: string; turn: Turn }> => {
    const ids = parseResponseId(id);
    const turns = ids && (await conversations.getConversation(ids.conversationId))?.turns;
    const turn = turns?.find((one) => one.id === ids?.answerId);
    if (ids === undefined || turn === undefined) throw unknownHere('id');
    return { conversationId: ids.conversationId, turn };
  };

  app.openapi(getRoute, async (c) => {
    const { conversationId, turn } = await find(c.req.valid('param').id);
    const { stream, starting_after: after } = c.req.valid('query');
    const reply = storedReply(turn, { model: modelOf(undefined).name, origin: ownOrigin(c) });
    const told = replayTurn(conversationId, turn);
    const shown = modelOf(reply.model).showsQuotes ? showQuotes(told, reply.origin) : told;
    if (stream !== 'true') return c.json(await foldToResponse(shown, reply), 200);
    return streamEvents(c, encodeResponseEvents(shown, reply, after), new AbortController());
  });

  app.openapi(itemsRoute, async (c) => {
    const { turn } = await find(c.req.valid('param').id);
    const content = [{ type: 'input_text', text: turn.question }];
    const item = {
      id: `msg_question_${turn.id}`,
      type: 'message',
      role: 'user',
      status: 'completed',
      content,
    };
    return c.json(
      { object: 'list' as const, data: [item], first_id: item.id, last_id: item.id, has_more: false },
      200,
    );
  });

  app.openapi(deleteRoute, async (c) => {
    const { id } = c.req.valid('param');
    const ids = parseResponseId(id);
    const deleted = ids && (await conversations.deleteTurn(ids.conversationId, ids.answerId));
    if (deleted !== true) throw unknownHere('id');
    return c.json({ id, object: 'response' as const, deleted: true }, 200);
  });
}

const params = z.object({ id: z.string().openapi({ example: 'resp_conv_7c2f1e.ans_1d9e55' }) });
const about = { tags: ['OpenAI'], security: [{ apiKey: [] }] };

const getRoute = createRoute({
  ...about,
  method: 'get',
  path: '/v1/responses/{id}',
  operationId: 'getResponse',
  summary: 'Read a response again, as OpenAI’s API does',
  description: 'As it was given, with its citations. With `store: false` nothing of a response is kept.',
  request: {
    params,
    query: z.object({
      stream: z.enum(['true', 'false']).optional().openapi({ description: 'Tells its events once more.' }),
      starting_after: z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .openapi({ description: 'With `stream`: only the events behind the one of this number.' }),
    }),
  },
  responses: {
    200: {
      description: 'The response; with `stream`, its events as server-sent events.',
      content: {
        'application/json': { schema: ResponseSchema },
        'text/event-stream': { schema: z.string() },
      },
    },
    ...problemResponses(400, 404),
  },
});

const itemsRoute = createRoute({
  ...about,
  method: 'get',
  path: '/v1/responses/{id}/input_items',
  operationId: 'listResponseInputItems',
  summary: 'The question of a response',
  request: { params },
  responses: {
    200: {
      description: 'One message.',
      content: {
        'application/json': {
          schema: z.looseObject({
            object: z.literal('list'),
            data: z.array(z.looseObject({ id: z.string(), type: z.string(), role: z.string() })),
            has_more: z.boolean(),
          }),
        },
      },
    },
    ...problemResponses(404),
  },
});

const deleteRoute = createRoute({
  ...about,
  method: 'delete',
  path: '/v1/responses/{id}',
  operationId: 'deleteResponse',
  summary: 'Delete a response',
  description: 'It leaves its conversation, which goes with its last one.',
  request: { params },
  responses: {
    200: {
      description: 'Deleted.',
      content: {
        'application/json': {
          schema: z.object({ id: z.string(), object: z.literal('response'), deleted: z.boolean() }),
        },
      },
    },
    ...problemResponses(404),
  },
});
