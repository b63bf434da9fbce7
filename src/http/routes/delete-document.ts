import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { requireAdmin } from '../middleware/authorise.ts';
import { problemResponses } from '../schemas/problem.ts';
import { documentNotFound } from './documents.ts';

/** `DELETE /v1/documents/{id}`. */
export function addDeleteDocumentRoute(app: App, deps: AppDependencies): void {
  app.openapi(deleteRoute(deps.settings), async (c) => {
    if ((await deps.removeDocuments([c.req.valid('param').id])) === 0) throw documentNotFound();
    return c.body(null, 204);
  });
}

function deleteRoute(settings: AppDependencies['settings']) {
  return createRoute({
    method: 'delete',
    path: '/v1/documents/{id}',
    operationId: 'deleteDocument',
    tags: ['Documents'],
    summary: 'Remove a document',
    description: 'A document whose file still lies in the documents folder returns with the next ingestion.',
    security: [{ adminKey: [] }],
    middleware: [requireAdmin(settings)],
    request: { params: z.object({ id: z.string().openapi({ example: 'doc_9a0b1c2d3e4f50617283' }) }) },
    responses: { 204: { description: 'Removed.' }, ...problemResponses(403, 404, 503) },
  });
}
