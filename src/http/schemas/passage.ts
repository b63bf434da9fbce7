import { z } from '@hono/zod-openapi';

export const HitSchema = z
  .object({
    passage: z
      .object({
        id: z.string().openapi({ example: 'psg_0f3a9c1b2d4e5f607182' }),
        document_id: z.string().openapi({ example: 'doc_9a0b1c2d3e4f50617283' }),
        title: z.string().openapi({ description: 'The title of the document.', example: 'Staff handbook' }),
        uri: z.string().openapi({ example: 'handbook.md' }),
        text: z.string().openapi({
          description: 'Verbatim: the document’s text from `start` to `end`.',
          example: 'Leave is 28 days a year.',
        }),
        start: z
          .number()
          .int()
          .openapi({ description: 'In UTF-16 code units of the document’s text.', example: 120 }),
        end: z.number().int().openapi({ description: 'Exclusive.', example: 144 }),
        headings: z.array(z.string()).openapi({ description: 'Outermost first.', example: ['Leave'] }),
        page: z
          .number()
          .int()
          .optional()
          .openapi({ description: 'From 1, where the document has pages.', example: 3 }),
      })
      .openapi('Passage', { description: 'A piece of a document.' }),
    score: z.number().openapi({ description: 'Similarity in [0, 1], higher is better.', example: 0.82 }),
    via: z.enum(['vector', 'text', 'both']).openapi({ description: 'How it was found.' }),
  })
  .openapi('Hit', { description: 'A retrieved passage.' });
