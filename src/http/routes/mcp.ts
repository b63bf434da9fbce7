import { createRoute, z } from '@hono/zod-openapi';
import type { StatusCode } from 'hono/utils/http-status';
import type { App, AppDependencies } from '../dependencies.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { requireOwnHost } from '../middleware/own-host.ts';
import { addPlainRoute } from '../plain-route.ts';
import { problemResponses } from '../schemas/problem.ts';

/** `POST /mcp`: the Model Context Protocol. */
export function addMcpRoute(app: App, deps: AppDependencies): void {
  const { maxJsonBytes, maxQuestionChars } = deps.settings;
  const { ask, search, store, log, newId } = deps;
  const answer = deps.createMcp({ ask, search, store, log, newId, maxQuestionChars });
  addPlainRoute(app, mcpRoute, requireOwnHost(deps.settings), jsonBody(maxJsonBytes), async (c) => {
    const { url, method, headers, signal } = c.req.raw;
    // The body was read by now, within its bounds.
    const request = new Request(url, { method, headers, signal, body: await c.req.text() });
    const { status, headers: given, body } = await answer(request);
    // Through the context, so that the headers set by middleware stay.
    return c.newResponse(body, status as StatusCode, Object.fromEntries(given));
  });
}

const mcpRoute = createRoute({
  method: 'post',
  path: '/mcp',
  operationId: 'callMcp',
  tags: ['Ask'],
  summary: 'Ask and search through the Model Context Protocol',
  description:
    'Tools `ask` and `search`, the documents as resources. Sessions are not kept: each request stands for itself.',
  security: [{ apiKey: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: z.looseObject({}) } } } },
  responses: {
    200: {
      description: 'A JSON-RPC response, or a stream of its messages.',
      content: {
        'application/json': { schema: z.looseObject({}) },
        'text/event-stream': { schema: z.string() },
      },
    },
    202: { description: 'A notification was taken.' },
    ...problemResponses(400, 403, 413, 415),
  },
});
