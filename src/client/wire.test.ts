import type { z } from '@hono/zod-openapi';
import { expectTypeOf, test } from 'vitest';
import type { CitationSchema } from '../http/schemas/answer.ts';
import type { AskResponse, askRequestSchema } from '../http/schemas/ask.ts';
import type { ConversationSchema } from '../http/schemas/conversation.ts';
import type { DocumentListSchema, DocumentSchema } from '../http/schemas/document.ts';
import type { FeedbackRequestSchema, FeedbackResponseSchema } from '../http/schemas/feedback.ts';
import type { HitSchema } from '../http/schemas/passage.ts';
import type { SearchResponseSchema, searchRequestSchema } from '../http/schemas/search.ts';
import type * as wire from './wire.ts';

test('the types of the client are those of the schemas that guard the routes', () => {
  expectTypeOf<wire.AskRequest>().toEqualTypeOf<z.input<ReturnType<typeof askRequestSchema>>>();
  expectTypeOf<wire.Answer>().toEqualTypeOf<AskResponse>();
  expectTypeOf<wire.Citation>().toEqualTypeOf<z.infer<typeof CitationSchema>>();
  expectTypeOf<wire.Hit>().toEqualTypeOf<z.infer<typeof HitSchema>>();
  expectTypeOf<wire.SearchRequest>().toEqualTypeOf<z.input<ReturnType<typeof searchRequestSchema>>>();
  expectTypeOf<wire.SearchResponse>().toEqualTypeOf<z.infer<typeof SearchResponseSchema>>();
  expectTypeOf<wire.Document>().toEqualTypeOf<z.infer<typeof DocumentSchema>>();
  expectTypeOf<wire.DocumentList>().toEqualTypeOf<z.infer<typeof DocumentListSchema>>();
  expectTypeOf<wire.Conversation>().toEqualTypeOf<z.infer<typeof ConversationSchema>>();
  expectTypeOf<wire.FeedbackRequest>().toEqualTypeOf<z.input<typeof FeedbackRequestSchema>>();
  expectTypeOf<wire.Feedback>().toEqualTypeOf<z.infer<typeof FeedbackResponseSchema>>();
});
