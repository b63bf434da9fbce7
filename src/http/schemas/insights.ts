import { z } from '@hono/zod-openapi';

export const InsightsQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000).openapi({
    description: 'How many of the latest unsatisfied turns to look at.',
  }),
});

export const InsightsSchema = z
  .object({
    groups: z
      .array(
        z.object({
          question: z.string().openapi({ description: 'As last asked.', example: 'Can I bring my dog?' }),
          count: z.number().int().openapi({ description: 'How often, however it was spelt.', example: 4 }),
          declined: z.number().int().openapi({ example: 3 }),
          rated_down: z.number().int().openapi({ example: 1 }),
          comments: z.array(z.string()),
          answer_ids: z.array(z.string()).openapi({ description: 'Newest first.' }),
          last_asked_at: z.string().openapi({ example: '2026-01-15T09:30:00.000Z' }),
        }),
      )
      .openapi({ description: 'Most asked first.' }),
  })
  .openapi('Insights');

export type Insights = z.infer<typeof InsightsSchema>;
