import { createRoute } from '@hono/zod-openapi';
import { IbidError } from '../../model/errors.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { FeedbackRequestSchema, FeedbackResponseSchema } from '../schemas/feedback.ts';
import { problemResponses } from '../schemas/problem.ts';

/** `POST /v1/feedback`: a thumb up or down on an answer. */
export function addFeedbackRoute(app: App, deps: AppDependencies): void {
  app.openapi(feedbackRoute(deps.settings), async (c) => {
    const { answer_id: answerId, rating, comment } = c.req.valid('json');
    const ratedAt = new Date(deps.clock()).toISOString();
    const given = { rating, ...(comment === undefined ? {} : { comment }) };
    const saved = await deps.conversations.saveFeedback({ answerId, ratedAt, ...given });
    if (!saved)
      throw new IbidError('not_found', 'There is no answer of this id: send the `id` of an answer.');
    return c.json({ answer_id: answerId, rated_at: ratedAt, ...given }, 200);
  });
}

function feedbackRoute(settings: AppDependencies['settings']) {
  return createRoute({
    method: 'post',
    path: '/v1/feedback',
    operationId: 'giveFeedback',
    tags: ['Conversations'],
    summary: 'Rate an answer',
    description: 'A second rating of an answer replaces the first.',
    security: [{ apiKey: [] }],
    middleware: [jsonBody(settings.maxJsonBytes)],
    request: { body: { required: true, content: { 'application/json': { schema: FeedbackRequestSchema } } } },
    responses: {
      200: { description: 'Saved.', content: { 'application/json': { schema: FeedbackResponseSchema } } },
      ...problemResponses(400, 404, 413, 415),
    },
  });
}
