import { z } from '@hono/zod-openapi';
import type { LoadedDocument, Span } from '../../model/document.ts';
import { normaliseText } from '../../model/normalise.ts';
import { MetadataSchema } from './filter.ts';
import { writtenText } from './text.ts';

const offset = z.number().int().min(0);
const span = { start: offset, end: offset };

const StructureSchema = z
  .strictObject({
    headings: z.array(
      z.strictObject({ ...span, level: z.number().int().min(1).max(6), title: z.string().max(10_000) }),
    ),
    pages: z.array(z.strictObject({ start: offset, number: z.number().int() })),
    atoms: z.array(z.strictObject(span)),
  })
  .openapi({
    description: 'Offsets into the text, in ascending order.',
    example: { headings: [{ start: 0, end: 7, level: 1, title: 'Leave' }], pages: [], atoms: [] },
  });

/** A document as a loader of Ibid gives it. */
const ExtractedDocumentSchema = z
  .strictObject({
    uri: writtenText(2_000).openapi({ example: 'handbook/leave.pdf' }),
    title: writtenText(2_000).openapi({ example: 'Leave' }),
    media_type: z.string().max(200).openapi({ example: 'application/pdf' }),
    text: z
      .string()
      .refine((text) => normaliseText(text) === text, 'must be normalised text, as Ibid extracts it'),
    metadata: MetadataSchema,
    structure: StructureSchema,
  })
  .refine(
    ({ text, structure: { headings, pages, atoms } }) =>
      ascend(headings, text) &&
      ascend(atoms, text) &&
      ascend(
        pages.map(({ start }) => ({ start, end: start })),
        text,
      ),
    'must have a structure whose offsets ascend within the text',
  )
  .openapi('ExtractedDocument');

export const IncomingDocumentsSchema = z
  .strictObject({
    source: writtenText(500).openapi({
      description: 'What brought them: stored as their origin, after `sent:`.',
      example: 'folder:documents',
    }),
    documents: z.array(ExtractedDocumentSchema).min(1).max(500),
  })
  .openapi('IncomingDocuments');

export const IntakeStatusSchema = z
  .object({
    waiting: z.number().int().openapi({ description: 'Documents that are not ingested yet.', example: 3 }),
    failed: z.array(z.object({ uri: z.string(), message: z.string() })).openapi({
      description: 'Documents that could not be ingested; sending one again clears it.',
      example: [],
    }),
    settling: z
      .number()
      .int()
      .openapi({ description: 'Passages that the vector index does not show yet.', example: 0 }),
  })
  .openapi('IntakeStatus');

/** A document of the wire as the rest of Ibid knows it. */
export function toLoadedDocument(given: z.infer<typeof ExtractedDocumentSchema>): LoadedDocument {
  const { media_type: mediaType, ...rest } = given;
  return { ...rest, mediaType };
}

function ascend(spans: readonly Span[], text: string): boolean {
  let last = 0;
  return spans.every(({ start, end }) => {
    const sound = start >= last && end >= start && end <= text.length;
    last = start;
    return sound;
  });
}
