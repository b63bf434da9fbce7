import { createRoute } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { encodeHit } from '../encoders/json.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { problemResponses } from '../schemas/problem.ts';
import { SearchResponseSchema, searchRequestSchema } from '../schemas/search.ts';

/** `POST /v1/search`: passages without an answer. */
export function addSearchRoute(app: App, deps: AppDependencies): void {
  app.openapi(searchRoute(deps.settings), async (c) => {
    const { query, filter, limit } = c.req.valid('json');
    const { hits, degraded } = await deps.search({
      query,
      ...(filter === undefined ? {} : { filter }),
      ...(limit === undefined ? {} : { limit }),
    });
    return c.json({ hits: hits.map(encodeHit), ...(degraded === undefined ? {} : { degraded }) }, 200);
  });
}

function searchRoute(settings: AppDependencies['settings']) {
  return createRoute({
    method: 'post',
    path: '/v1/search',
    operationId: 'search',
    tags: ['Ask'],
    summary: 'Search the passages',
    security: [{ apiKey: [] }],
    middleware: [jsonBody(settings.maxJsonBytes)],
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: searchRequestSchema(settings.maxQuestionChars),
            example: { query: 'annual leave' },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'Passages, best first.',
        content: { 'application/json': { schema: SearchResponseSchema } },
      },
      ...problemResponses(400, 413, 415, 503),
    },
  });
}
