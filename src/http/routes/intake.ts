import { createRoute } from '@hono/zod-openapi';
import { readBody } from '../body.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { requireAdmin } from '../middleware/authorise.ts';
import { decode, parseJson } from '../middleware/json-body.ts';
import { addPlainRoute } from '../plain-route.ts';
import {
  IncomingDocumentsSchema,
  IntakeStatusSchema,
  toLoadedDocument,
} from '../schemas/extracted-document.ts';
import { problemResponses } from '../schemas/problem.ts';
import { invalidFields } from '../validation.ts';

/** `POST /v1/ingest` takes documents that another machine has read; `GET /v1/ingest` tells how they stand. */
export function addIntakeRoutes(app: App, deps: Pick<AppDependencies, 'intake' | 'settings'>): void {
  const { intake, settings } = deps;
  // Plain, since a described route would read the body as any other JSON, which is shorter.
  addPlainRoute(app, sendRoute, requireAdmin(settings), async (c) => {
    const body = parseJson(decode(await readBody(c, settings.maxUploadBytes)));
    const parsed = IncomingDocumentsSchema.safeParse(body);
    if (!parsed.success) throw invalidFields(parsed.error);
    const { source, documents } = parsed.data;
    await intake.accept({ origin: `sent:${source}`, documents: documents.map(toLoadedDocument) });
    return c.json(await intake.status(), 202);
  });
  addPlainRoute(app, statusRoute, requireAdmin(settings), async (c) => c.json(await intake.status(), 200));
}

const status = { content: { 'application/json': { schema: IntakeStatusSchema } } };

const sendRoute = createRoute({
  method: 'post',
  path: '/v1/ingest',
  operationId: 'sendDocuments',
  tags: ['Documents'],
  summary: 'Send documents that were read elsewhere',
  description:
    'What `npx ibid ingest --to` sends: text with its structure, as a loader of Ibid extracts it. Answers once nothing of it can ' +
    'be lost; the same documents may be sent again, and unchanged ones cost nothing.',
  security: [{ adminKey: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: IncomingDocumentsSchema } } } },
  responses: { 202: { description: 'Taken in.', ...status }, ...problemResponses(400, 401, 403, 413, 503) },
});

const statusRoute = createRoute({
  method: 'get',
  path: '/v1/ingest',
  operationId: 'getIngestStatus',
  tags: ['Documents'],
  summary: 'How do the documents stand that were sent?',
  security: [{ adminKey: [] }],
  responses: { 200: { description: 'How they stand.', ...status }, ...problemResponses(401, 403) },
});
