import { createRoute } from '@hono/zod-openapi';
import { documentId } from '../../model/ids.ts';
import { readBody } from '../body.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { encodeIngestReport } from '../encoders/document.ts';
import { requireAdmin } from '../middleware/authorise.ts';
import { addPlainRoute } from '../plain-route.ts';
import { IngestResultSchema, NewDocumentSchema } from '../schemas/document.ts';
import { problemResponses } from '../schemas/problem.ts';
import { ingestUpload, itemsOf } from '../uploads.ts';

/** `POST /v1/documents`: adds or replaces documents. */
export function addUploadRoute(app: App, deps: AppDependencies): void {
  const { settings } = deps;
  // Plain, since the validators that come with a described route know only one kind of body.
  addPlainRoute(app, uploadRoute, requireAdmin(settings), async (c) => {
    const { signal } = c.req.raw;
    const bytes = await readBody(c, settings.maxUploadBytes);
    const items = await itemsOf(bytes, c.req.header('content-type') ?? '', deps.loadFile);
    const { report, uris } = await ingestUpload(deps.ingest, items, signal);
    const documents = await Promise.all(uris.map(async (uri) => ({ id: await documentId(uri), uri })));
    return c.json({ documents, report: encodeIngestReport(report) }, report.added > 0 ? 201 : 200);
  });
}

const result = { content: { 'application/json': { schema: IngestResultSchema } } };

const uploadRoute = createRoute({
  method: 'post',
  path: '/v1/documents',
  operationId: 'uploadDocuments',
  tags: ['Documents'],
  summary: 'Add or replace documents',
  description:
    'Takes files as `file` parts of a form, or one text as JSON. A document is stored as `upload/NAME`; ' +
    'the same name replaces it. Answers once the index holds it.',
  security: [{ adminKey: [] }],
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              file: {
                type: 'array',
                items: { type: 'string', contentMediaType: 'application/octet-stream' },
              },
            },
          },
        },
        'application/json': { schema: NewDocumentSchema },
      },
    },
  },
  responses: {
    200: { description: 'Replaced, or there already.', ...result },
    201: { description: 'Added.', ...result },
    ...problemResponses(400, 403, 413, 415, 422, 503),
  },
});
