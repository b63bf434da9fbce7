import { z } from '@hono/zod-openapi';
import { ConversationIdSchema } from './ask.ts';

/** The body of `POST /v1/ui-stream`, as the AI SDK's transport sends it; what is not named here has no effect. */
export const UiStreamRequestSchema = z
  .looseObject({
    messages: z
      .array(
        z.looseObject({
          role: z.enum(['system', 'user', 'assistant']),
          parts: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
        }),
      )
      .min(1, 'must hold a message')
      .max(2_000)
      .openapi({
        description:
          'The last message of the user is the question; earlier ones are what a follow-up is read by.',
        example: [
          { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'How many days of leave do I have?' }] },
        ],
      }),
    conversation_id: ConversationIdSchema.nullish(),
  })
  .openapi('UiStreamRequest');

export type UiStreamRequest = z.infer<typeof UiStreamRequestSchema>;
