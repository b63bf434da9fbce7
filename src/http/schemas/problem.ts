import { z } from '@hono/zod-openapi';

export const ProblemSchema = z
  .object({
    type: z.string().openapi({
      description: 'A URN that names the kind of fault.',
      example: 'urn:ibid:problem:bad_request',
    }),
    title: z.string().openapi({ description: 'The kind of fault in words.', example: 'Bad request' }),
    status: z.number().int().openapi({ example: 400 }),
    detail: z
      .string()
      .openapi({ description: 'What happened and what to do next.', example: 'question: must not be empty' }),
    instance: z.string().optional().openapi({ description: 'The path of the request.', example: '/v1/ask' }),
    request_id: z
      .string()
      .openapi({ description: 'Also in the `x-request-id` header and the log.', example: 'req_5b1f0c' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'The faulty fields of the request, when it is known which they are.' }),
    error: z
      .object({ message: z.string(), type: z.string(), code: z.string() })
      .openapi({ description: 'The same in the shape that OpenAI clients read.' }),
  })
  .openapi('Problem', { description: 'RFC 9457 problem details.' });

const DESCRIPTIONS = {
  400: 'The request is malformed; `errors` names the fields.',
  401: 'A key is needed, or the one sent is unknown.',
  403: 'The key sent does not open this route, or the route is closed.',
  404: 'There is nothing under this id.',
  413: 'The body is too large.',
  415: 'The content type is not one this route takes.',
  422: 'The document could not be read.',
  429: 'Too many requests; `Retry-After` says when to come back.',
  500: 'A fault of the server; the request id finds it in the log.',
  502: 'The language model failed.',
  503: 'The server cannot answer yet.',
} as const;

type ProblemStatus = keyof typeof DESCRIPTIONS;

interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof ProblemSchema } };
}

/** OpenAPI responses for these statuses; 401, 429 and 500 are always among them. */
export function problemResponses(...statuses: ProblemStatus[]): Record<string, ProblemResponse> {
  const all = new Set<ProblemStatus>([...statuses, 401, 429, 500]);
  return Object.fromEntries(
    [...all].sort().map((status) => [
      status,
      {
        description: DESCRIPTIONS[status],
        content: { 'application/problem+json': { schema: ProblemSchema } },
      },
    ]),
  );
}
