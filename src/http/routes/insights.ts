import { createRoute } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { encodeInsights } from '../encoders/insights.ts';
import { requireAdmin } from '../middleware/authorise.ts';
import { InsightsQuerySchema, InsightsSchema } from '../schemas/insights.ts';
import { problemResponses } from '../schemas/problem.ts';

/** `GET /v1/insights`: what the documents lack. */
export function addInsightsRoute(app: App, deps: AppDependencies): void {
  app.openapi(insightsRoute(deps.settings), async (c) => {
    const { limit } = c.req.valid('query');
    return c.json(encodeInsights(await deps.conversations.listUnsatisfied(limit)), 200);
  });
}

function insightsRoute(settings: AppDependencies['settings']) {
  return createRoute({
    method: 'get',
    path: '/v1/insights',
    operationId: 'getInsights',
    tags: ['Conversations'],
    summary: 'Unanswered and down-rated questions',
    description: 'Grouped by question, most asked first: what to write next.',
    security: [{ adminKey: [] }],
    middleware: [requireAdmin(settings)],
    request: { query: InsightsQuerySchema },
    responses: {
      200: { description: 'The groups.', content: { 'application/json': { schema: InsightsSchema } } },
      ...problemResponses(400, 403),
    },
  });
}
