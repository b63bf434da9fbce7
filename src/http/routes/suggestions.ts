import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { problemResponses } from '../schemas/problem.ts';
import { writtenText } from '../schemas/text.ts';

/** `GET /v1/suggestions`: what one could ask. */
export function addSuggestionRoute(app: App, deps: Pick<AppDependencies, 'suggest' | 'settings'>): void {
  app.openapi(suggestionRoute(deps.settings.maxQuestionChars), async (c) => {
    const { about, limit } = c.req.valid('query');
    const found = await deps.suggest({ limit, ...(about === undefined ? {} : { about }) });
    const suggestions = found.map(({ question, documentId, documentTitle }) => ({
      question,
      document_id: documentId,
      title: documentTitle,
    }));
    return c.json({ suggestions }, 200);
  });
}

const SuggestionsSchema = z
  .object({
    suggestions: z.array(
      z.object({
        question: z.string().openapi({ example: 'Carrying leave over' }),
        document_id: z.string().openapi({ example: 'doc_9a0b1c2d3e4f50617283' }),
        title: z.string().openapi({ description: 'The title of the document.', example: 'Staff handbook' }),
      }),
    ),
  })
  .openapi('Suggestions');

function suggestionRoute(maxQuestionChars: number) {
  return createRoute({
    method: 'get',
    path: '/v1/suggestions',
    operationId: 'suggest',
    tags: ['Ask'],
    summary: 'Get questions to ask',
    description:
      'Headings of the documents that, asked as questions, are likelier than not to be answered. Empty where there are none.',
    security: [{ apiKey: [] }],
    request: {
      query: z.strictObject({
        about: writtenText(maxQuestionChars)
          .optional()
          .openapi({ description: 'The question before, for what stands near to it.', example: 'Leave' }),
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(10)
          .default(3)
          .openapi({ description: 'At most this many.' }),
      }),
    },
    responses: {
      200: {
        description: 'The questions.',
        content: { 'application/json': { schema: SuggestionsSchema } },
      },
      ...problemResponses(400),
    },
  });
}
