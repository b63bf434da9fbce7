import { z } from '@hono/zod-openapi';
import { LimitSchema } from './ask.ts';
import { FilterSchema } from './filter.ts';
import { HitSchema } from './passage.ts';
import { writtenText } from './text.ts';

/** The body of `POST /v1/search`. */
export function searchRequestSchema(maxQuestionChars: number) {
  return z
    .strictObject({
      query: writtenText(maxQuestionChars).openapi({ example: 'annual leave' }),
      limit: LimitSchema.optional(),
      filter: FilterSchema.optional(),
    })
    .openapi('SearchRequest');
}

export const SearchResponseSchema = z
  .object({
    hits: z.array(HitSchema).openapi({ description: 'Best first.' }),
    degraded: z.string().optional().openapi({ description: 'What did not work and what answered instead.' }),
  })
  .openapi('SearchResponse');
