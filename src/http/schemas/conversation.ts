import { z } from '@hono/zod-openapi';
import { answerFields } from './answer.ts';

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
  })
  .openapi('Conversation');
