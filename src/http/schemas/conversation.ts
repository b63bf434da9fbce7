import { z } from '@hono/zod-openapi';
import { answerFields } from './answer.ts';

const MOST_TURNS = 200;

export const ConversationQuerySchema = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_TURNS)
    .default(100)
    .openapi({ description: 'Turns to show: the last ones, or the last before `before`.' }),
  before: z
    .string()
    .regex(/^[\w.:-]{1,128}$/, 'must be the id of a turn')
    .optional()
    .openapi({ description: 'Shows the turns before this one: `earlier` of another page.' }),
});

export const ConversationSchema = z
  .object({
    id: z.string().openapi({ example: 'conv_7c2f1e' }),
    turns: z
      .array(
        z
          .object({
            id: z.string().openapi({ description: 'The answer’s id.', example: 'ans_1d9e55' }),
            question: z.string().openapi({ example: 'How many days of leave do I have?' }),
            ...answerFields,
            asked_at: z
              .string()
              .openapi({ description: 'ISO 8601, UTC.', example: '2026-01-15T09:30:00.000Z' }),
          })
          .openapi('Turn'),
      )
      .openapi({ description: 'Oldest first, each answer as it was given.' }),
    earlier: z
      .string()
      .nullable()
      .openapi({ description: 'The `before` of the page of earlier turns; null when there are none.' }),
  })
  .openapi('Conversation');
