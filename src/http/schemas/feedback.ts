import { z } from '@hono/zod-openapi';
import { writtenText } from './text.ts';

const answerId = z
  .string()
  .regex(/^[\w.:-]{1,128}$/, 'must be the id of an answer')
  .openapi({ example: 'ans_1d9e55' });

export const FeedbackRequestSchema = z
  .strictObject({
    answer_id: answerId,
    rating: z.enum(['up', 'down']),
    comment: writtenText(2_000).optional().openapi({ example: 'This is last year’s figure.' }),
  })
  .openapi('FeedbackRequest');

export const FeedbackResponseSchema = z
  .object({
    answer_id: answerId,
    rating: z.enum(['up', 'down']),
    comment: z.string().optional(),
    rated_at: z.string().openapi({ description: 'ISO 8601, UTC.', example: '2026-01-15T09:31:00.000Z' }),
  })
  .openapi('Feedback');
