import { createRoute, z } from '@hono/zod-openapi';
import { IbidError } from '../../model/errors.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { encodeDocument, encodeDocumentSummary } from '../encoders/document.ts';
import { DocumentListQuerySchema, DocumentListSchema, DocumentSchema } from '../schemas/document.ts';
import { problemResponses } from '../schemas/problem.ts';

/** `GET /v1/documents` and `GET /v1/documents/{id}`. */
export function addDocumentRoutes(app: App, deps: Pick<AppDependencies, 'store'>): void {
  app.openapi(listRoute, async (c) => {
    const { limit, after } = c.req.valid('query');
    const [found, { documents: total }] = await Promise.all([
      // One more than asked for tells whether there is another page.
      deps.store.listDocuments({ limit: limit + 1, ...(after === undefined ? {} : { afterUri: after }) }),
      deps.store.countDocuments(),
    ]);
    const page = found.slice(0, limit);
    const next = found.length > limit ? (page.at(-1)?.uri ?? null) : null;
    return c.json({ documents: page.map(encodeDocumentSummary), total, next }, 200);
  });

  app.openapi(getRoute, async (c) => {
    const document = await deps.store.getDocument(c.req.valid('param').id);
    if (document === undefined) throw documentNotFound();
    if (isReadByPerson(c.req.header('accept'))) return c.text(document.text, 200);
    return c.json(encodeDocument(document), 200);
  });
}

/** Browsers that follow a link ask for HTML; in plain text they find the quote that a link names. */
function isReadByPerson(accept = ''): boolean {
  return /\btext\/(?:html|plain)\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept);
}

/** The `not_found` of a document id. */
export function documentNotFound(): IbidError {
  return new IbidError('not_found', 'There is no document of this id: GET /v1/documents lists them.');
}

const listRoute = createRoute({
  method: 'get',
  path: '/v1/documents',
  operationId: 'listDocuments',
  tags: ['Documents'],
  summary: 'List the documents',
  description: 'In the order of their uris, a page at a time.',
  security: [{ apiKey: [] }],
  request: { query: DocumentListQuerySchema },
  responses: {
    200: { description: 'A page.', content: { 'application/json': { schema: DocumentListSchema } } },
    ...problemResponses(400),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/v1/documents/{id}',
  operationId: 'getDocument',
  tags: ['Documents'],
  summary: 'Read a document',
  description:
    'With the text that the offsets of passages and citations refer to; to a browser that text alone, as plain text.',
  security: [{ apiKey: [] }],
  request: { params: z.object({ id: z.string().openapi({ example: 'doc_9a0b1c2d3e4f50617283' }) }) },
  responses: {
    200: {
      description: 'The document.',
      content: { 'application/json': { schema: DocumentSchema }, 'text/plain': { schema: z.string() } },
    },
    ...problemResponses(404),
  },
});
