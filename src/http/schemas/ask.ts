import { z } from '@hono/zod-openapi';
import { answerFields } from './answer.ts';
import { FilterSchema } from './filter.ts';
import { HitSchema } from './passage.ts';
import { writtenText } from './text.ts';

export const ConversationIdSchema = z
  .string()
  .regex(/^[\w.:-]{1,128}$/, 'must be the id of a conversation')
  .openapi({
    description: 'Continues this conversation; without it a new one is begun.',
    example: 'conv_7c2f1e',
  });

export const LimitSchema = z
  .number()
  .int()
  .min(1)
  .max(50)
  .openapi({ description: 'Passages to report.', example: 5 });

/** The body of `POST /v1/ask`. */
export function askRequestSchema(maxQuestionChars: number) {
  return z
    .strictObject({
      question: writtenText(maxQuestionChars).openapi({ example: 'How many days of leave do I have?' }),
      conversation_id: ConversationIdSchema.optional(),
      filter: FilterSchema.optional(),
      limit: LimitSchema.optional(),
    })
    .openapi('AskRequest');
}

export const AskResponseSchema = z
  .object({
    id: z.string().openapi({ description: 'The answer’s id, for feedback.', example: 'ans_1d9e55' }),
    conversation_id: z.string().openapi({ example: 'conv_7c2f1e' }),
    ...answerFields,
    passages: z.array(HitSchema).openapi({ description: 'What was retrieved, best first.' }),
    degraded: z.string().optional().openapi({ description: 'What did not work and what answered instead.' }),
    usage: z
      .object({
        model: z.string().openapi({ example: 'ollama:qwen3' }),
        input_tokens: z.number().int().openapi({ example: 1830 }),
        output_tokens: z.number().int().openapi({ example: 64 }),
        estimated: z
          .boolean()
          .openapi({ description: 'Whether the model’s server did not report all of them.' }),
        cost_usd: z.number().optional().openapi({ description: 'Where the owner told the prices.' }),
      })
      .optional()
      .openapi({ description: 'What the language model read and wrote, where one was asked.' }),
    timing_ms: z
      .object({ contextualise: z.number(), retrieve: z.number(), read: z.number(), total: z.number() })
      .openapi({
        description: 'Milliseconds of each step.',
        example: { contextualise: 0, retrieve: 6, read: 9, total: 15 },
      }),
  })
  .openapi('AskResponse');

export type AskResponse = z.infer<typeof AskResponseSchema>;
