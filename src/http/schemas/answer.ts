import { z } from '@hono/zod-openapi';
import { HitSchema } from './passage.ts';

export const CitationSchema = z
  .object({
    marker: z
      .number()
      .int()
      .openapi({ description: 'The number shown to the reader, from 1; one number a quote.', example: 1 }),
    document_id: z.string().openapi({ example: 'doc_9a0b1c2d3e4f50617283' }),
    passage_id: z.string().openapi({ example: 'psg_0f3a9c1b2d4e5f607182' }),
    title: z.string().openapi({ description: 'The title of the document.', example: 'Staff handbook' }),
    uri: z.string().openapi({ example: 'handbook.md' }),
    quote: z.string().openapi({
      description: 'Verbatim: equals `text.slice(start, end)` of `GET /v1/documents/{document_id}`.',
      example: 'Leave is 28 days a year.',
    }),
    start: z
      .number()
      .int()
      .openapi({ description: 'In UTF-16 code units of the document’s text.', example: 120 }),
    end: z.number().int().openapi({ description: 'Exclusive.', example: 144 }),
    answer_start: z
      .number()
      .int()
      .openapi({ description: 'Where the sentence it proves starts in the answer’s text.', example: 0 }),
    answer_end: z.number().int().openapi({ description: 'Exclusive.', example: 24 }),
    headings: z
      .array(z.string())
      .openapi({ description: 'Headings that the quote stands under, outermost first.', example: ['Leave'] }),
    page: z
      .number()
      .int()
      .optional()
      .openapi({ description: 'From 1, where the document has pages.', example: 3 }),
  })
  .openapi('Citation', { description: 'Proof of one sentence of an answer.' });

/** The fields that an answer has wherever it is shown. */
export const answerFields = {
  status: z.enum(['answered', 'declined']).openapi({
    description: '`declined`: the documents hold no answer, and `closest` offers what came nearest.',
  }),
  confidence: z.number().openapi({
    description: 'Calibrated probability in [0, 1] that the documents answer the question.',
    example: 0.94,
  }),
  text: z
    .string()
    .openapi({ description: 'Plain sentences without markers.', example: 'Leave is 28 days a year.' }),
  citations: z
    .array(CitationSchema)
    .openapi({ description: 'At least one for each sentence of an answer; none when declined.' }),
  omitted: z.number().int().optional().openapi({
    description:
      'Sentences that the language model wrote and that were left out, because no passage supports them.',
  }),
  unanswered: z
    .array(z.string())
    .optional()
    .openapi({ description: 'Parts of the question to which the documents hold no answer.' }),
  reason: z
    .enum(['no_answer_in_documents', 'no_documents', 'not_a_question', 'answer_unsupported'])
    .optional()
    .openapi({ description: 'Why it was declined.' }),
  closest: z
    .array(HitSchema)
    .optional()
    .openapi({ description: 'When declined: the passages that came nearest.' }),
  standalone_question: z.string().openapi({
    description: 'The question as understood within its conversation.',
    example: 'How many days of leave do I have?',
  }),
};
