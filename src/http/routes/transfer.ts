import { createRoute, z } from '@hono/zod-openapi';
import { IbidError, messageOf } from '../../model/errors.ts';
import type { ArchivedConversation, ArchivedDocument, ArchiveRecord } from '../../transfer/archive.ts';
import { decodeRecord } from '../../transfer/decode-record.ts';
import { encodeRecord } from '../../transfer/encode-record.ts';
import { exportConversations, exportDocuments } from '../../transfer/export-records.ts';
import { readBody } from '../body.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { requireAdmin } from '../middleware/authorise.ts';
import { decode } from '../middleware/json-body.ts';
import { addPlainRoute } from '../plain-route.ts';
import { problemResponses } from '../schemas/problem.ts';
import { invalidFields } from '../validation.ts';

/** Where the next page begins; absent after the last. */
const NEXT = 'x-ibid-next';

/** `GET /v1/export` and `POST /v1/import`: what `npx ibid export --from` and `import --to` move, as JSON Lines. */
export function addTransferRoutes(
  app: App,
  deps: Pick<
    AppDependencies,
    'store' | 'conversations' | 'importDocuments' | 'importConversations' | 'settings'
  >,
): void {
  const { store, conversations, importDocuments, importConversations, settings } = deps;
  addPlainRoute(app, exportRoute, requireAdmin(settings), async (c) => {
    const query = PageSchema.safeParse(c.req.query());
    if (!query.success) throw invalidFields(query.error);
    const { part, ...page } = query.data;
    const { items, next } =
      part === 'documents'
        ? await exportDocuments(store, page)
        : await exportConversations(conversations, page);
    const type = part === 'documents' ? ('document' as const) : ('conversation' as const);
    const lines = items.map((item) => `${encodeRecord({ type, ...item } as ArchiveRecord)}\n`);
    return c.body(lines.join(''), 200, {
      'content-type': 'application/jsonl; charset=utf-8',
      ...(next === undefined ? {} : { [NEXT]: encodeURIComponent(next) }),
    });
  });
  addPlainRoute(app, importRoute, requireAdmin(settings), async (c) => {
    const { documents, turnsOf } = await readRecords(decode(await readBody(c, settings.maxUploadBytes)));
    const imported =
      documents.length === 0
        ? { added: 0, changed: 0, unchanged: 0 }
        : await importDocuments(documents, { signal: c.req.raw.signal });
    return c.json({ documents: imported, ...(await importConversations(turnsOf)) }, 200);
  });
}

/** All of it is read before anything is stored. */
async function readRecords(body: string) {
  const documents: ArchivedDocument[] = [];
  const turnsOf: ArchivedConversation[] = [];
  for (const [at, line] of body.split('\n').entries()) {
    if (line === '') continue;
    const record = await decodeRecord(line).catch((cause: unknown) => {
      throw new IbidError('bad_request', `Line ${at + 1}: ${messageOf(cause)}.`, { cause });
    });
    if (record.type === 'document') documents.push(record);
    if (record.type === 'conversation') turnsOf.push(record);
  }
  return { documents, turnsOf };
}

const PageSchema = z.object({
  part: z.enum(['documents', 'conversations']),
  after: z.string().max(2_000).default('').openapi({ description: 'Where the last page ended.' }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

const ImportedSchema = z
  .object({
    documents: z.object({ added: z.int(), changed: z.int(), unchanged: z.int() }),
    turns: z.int().openapi({ description: 'Turns of conversations that were not there.', example: 12 }),
    expired: z
      .int()
      .openapi({ description: 'Conversations left out, since they have expired here.', example: 0 }),
  })
  .openapi('Imported');

const lines = { 'application/jsonl': { schema: z.string() } };

const exportRoute = createRoute({
  method: 'get',
  path: '/v1/export',
  operationId: 'exportRecords',
  tags: ['Documents'],
  summary: 'Read everything, page by page, to move it',
  description:
    `What \`npx ibid export --from\` reads: documents with their passages, or conversations with what people said of their answers, ` +
    `a line of JSON each. \`${NEXT}\` says, percent-encoded, what to send as \`after\` for the next page.`,
  security: [{ adminKey: [] }],
  request: { query: PageSchema },
  responses: { 200: { description: 'A page.', content: lines }, ...problemResponses(400, 401, 403) },
});

const importRoute = createRoute({
  method: 'post',
  path: '/v1/import',
  operationId: 'importRecords',
  tags: ['Documents'],
  summary: 'Take in what was exported',
  description:
    'Lines as `GET /v1/export` gives them; the same may be sent again. The documents of one request are taken in together or not at all.',
  security: [{ adminKey: [] }],
  request: { body: { required: true, content: lines } },
  responses: {
    200: { description: 'Taken in.', content: { 'application/json': { schema: ImportedSchema } } },
    ...problemResponses(400, 401, 403, 413, 503),
  },
});
