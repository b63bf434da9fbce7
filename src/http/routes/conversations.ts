import { createRoute, z } from '@hono/zod-openapi';
import { IbidError } from '../../model/errors.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { encodeConversation } from '../encoders/conversation.ts';
import { ConversationQuerySchema, ConversationSchema } from '../schemas/conversation.ts';
import { problemResponses } from '../schemas/problem.ts';

/** `GET` and `DELETE /v1/conversations/{id}`. */
export function addConversationRoutes(app: App, deps: Pick<AppDependencies, 'conversations'>): void {
  app.openapi(getRoute, async (c) => {
    const { limit, before } = c.req.valid('query');
    // One more than asked for tells whether there are earlier ones.
    const window = { limit: limit + 1, ...(before === undefined ? {} : { before }) };
    const conversation = await deps.conversations.getConversation(c.req.valid('param').id, window);
    if (conversation === undefined) throw conversationNotFound();
    return c.json(encodeConversation(conversation, limit), 200);
  });

  app.openapi(deleteRoute, async (c) => {
    const deleted = await deps.conversations.deleteConversation(c.req.valid('param').id);
    if (!deleted) throw conversationNotFound();
    return c.body(null, 204);
  });
}

function conversationNotFound(): IbidError {
  return new IbidError('not_found', 'There is no conversation of this id; it may have been deleted.');
}

const params = z.object({ id: z.string().openapi({ example: 'conv_7c2f1e' }) });

const getRoute = createRoute({
  method: 'get',
  path: '/v1/conversations/{id}',
  operationId: 'getConversation',
  tags: ['Conversations'],
  summary: 'Read a conversation',
  description: 'Its last questions and answers with their citations, as they were given.',
  security: [{ apiKey: [] }],
  request: { params, query: ConversationQuerySchema },
  responses: {
    200: {
      description: 'The conversation.',
      content: { 'application/json': { schema: ConversationSchema } },
    },
    ...problemResponses(400, 404),
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/v1/conversations/{id}',
  operationId: 'deleteConversation',
  tags: ['Conversations'],
  summary: 'Delete a conversation',
  security: [{ apiKey: [] }],
  request: { params },
  responses: { 204: { description: 'Deleted.' }, ...problemResponses(404) },
});
