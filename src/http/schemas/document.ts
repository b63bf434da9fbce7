import { z } from '@hono/zod-openapi';
import { MetadataSchema } from './filter.ts';
import { writtenText } from './text.ts';

const identity = {
  id: z.string().openapi({ example: 'doc_9a0b1c2d3e4f50617283' }),
  uri: z
    .string()
    .openapi({ description: 'A path within the documents folder, or a URL.', example: 'handbook.md' }),
  title: z.string().openapi({ example: 'Staff handbook' }),
  media_type: z.string().openapi({ example: 'text/markdown' }),
  metadata: MetadataSchema,
};

export const DocumentSchema = z
  .object({ ...identity, text: z.string().openapi({ description: 'The text that all offsets refer to.' }) })
  .openapi('Document');

export const DocumentListSchema = z
  .object({
    documents: z.array(
      z
        .object({
          ...identity,
          origin: z.string().openapi({ description: 'What brought it.', example: 'folder:documents' }),
          content_hash: z.string().openapi({
            description: 'SHA-256 of all that its indexing depends on.',
            example: '9a0b1c2d3e4f50617283'.padEnd(64, '0'),
          }),
          passages: z.number().int().openapi({ description: 'How many it was split into.', example: 12 }),
        })
        .openapi('DocumentSummary'),
    ),
    total: z.number().int().openapi({ description: 'Documents in the index.', example: 240 }),
    next: z.string().nullable().openapi({
      description: 'Pass as `after` for the next page; null on the last.',
      example: 'handbook.md',
    }),
  })
  .openapi('DocumentList');

export const DocumentListQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ description: 'Documents on a page.' }),
  after: z.string().max(4_000).optional().openapi({ description: 'The `next` of the page before.' }),
});

export const NewDocumentSchema = z
  .strictObject({
    uri: writtenText(500).openapi({
      description: 'Its name; a document of the same name is replaced.',
      example: 'notes/leave.md',
    }),
    title: writtenText(500)
      .optional()
      .openapi({ description: 'Overrides the title found in the text.', example: 'Leave' }),
    text: z
      .string()
      .refine((text) => text.trim() !== '', 'must not be empty')
      .openapi({
        description: 'Plain text, or Markdown when the name ends in `.md`.',
        example: 'Leave is 28 days a year.',
      }),
    metadata: MetadataSchema.optional(),
  })
  .openapi('NewDocument');

export type NewDocument = z.infer<typeof NewDocumentSchema>;

export const IngestResultSchema = z
  .object({
    documents: z.array(z.object({ id: z.string(), uri: z.string() })).openapi({
      description: 'What the upload holds now.',
      example: [{ id: 'doc_9a0b1c2d3e4f50617283', uri: 'upload/notes/leave.md' }],
    }),
    report: z.object({
      added: z.number().int(),
      changed: z.number().int(),
      removed: z.number().int(),
      unchanged: z.number().int(),
      failed: z.array(z.object({ uri: z.string(), message: z.string() })),
      embedded_passages: z.number().int(),
      reused_passages: z.number().int(),
      generation: z.number().int().openapi({ description: 'The index generation afterwards.' }),
      elapsed_ms: z.number(),
    }),
  })
  .openapi('IngestResult');
