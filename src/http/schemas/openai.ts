import { z } from '@hono/zod-openapi';

/** A piece of a message; which types are text is told by `textOf`. */
const ContentPartSchema = z.looseObject({
  type: z.string().openapi({ example: 'text' }),
  text: z.string().optional(),
});

export const ContentSchema = z.union([z.string(), z.array(ContentPartSchema)]);

const ONLY_TEXT = 'must be text: answers are sentences from the documents, not JSON';
const NO_TOOLS = 'must be auto or none: this server calls no tools';

const toolChoice = z.enum(['auto', 'none'], NO_TOOLS).nullish();

function isTextFormat(given: { readonly type?: unknown } | null | undefined): boolean {
  return given === undefined || given === null || given.type === 'text';
}

const model = z.string().nullish().openapi({
  description: 'A model of `GET /v1/models`; any other name is answered by `ibid`.',
  example: 'ibid',
});
const stream = z.boolean().nullish();

/** The body of `POST /v1/chat/completions`: what is not named here is accepted and has no effect. */
export const ChatCompletionRequestSchema = z
  .looseObject({
    model,
    messages: z
      .array(
        z.looseObject({
          role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
          content: ContentSchema.nullish(),
        }),
      )
      .min(1, 'must hold a message')
      .max(2_000)
      .openapi({
        description:
          'The last message of the user is the question; earlier ones are what a follow-up is read by. ' +
          'System messages do not change how it is answered.',
        example: [{ role: 'user', content: 'How many days of leave do I have?' }],
      }),
    stream,
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
    n: z.literal(1, 'must be 1: a question has one answer').nullish(),
    response_format: z
      .looseObject({ type: z.unknown() })
      .nullish()
      .refine(isTextFormat, ONLY_TEXT)
      .openapi({ type: 'object' }),
    tool_choice: toolChoice,
  })
  .openapi('ChatCompletionRequest');

/** The body of `POST /v1/responses`: what is not named here is accepted and has no effect. */
export const ResponseRequestSchema = z
  .looseObject({
    model,
    input: z
      .union([
        z.string(),
        z
          .array(
            z.looseObject({
              type: z.string().optional(),
              role: z.string().optional(),
              content: ContentSchema.nullish(),
            }),
          )
          .max(2_000),
      ])
      .openapi({
        description: 'The question, or messages of which the last one of the user is the question.',
        example: 'How many days of leave do I have?',
      }),
    stream,
    previous_response_id: z.string().nullish().openapi({
      description: 'Continues the conversation after this response.',
      example: 'resp_conv_7c2f1e.ans_1d9e55',
    }),
    conversation: z
      .union([z.string(), z.looseObject({ id: z.string() })])
      .nullish()
      .openapi({ description: 'Continues this conversation; not with `previous_response_id`.' }),
    store: z
      .boolean()
      .nullish()
      .openapi({ description: 'False: nothing of it is kept, so that it cannot be read again.' }),
    metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
    text: z
      .looseObject({ format: z.looseObject({ type: z.unknown() }).nullish().refine(isTextFormat, ONLY_TEXT) })
      .partial()
      .nullish()
      .openapi({ type: 'object' }),
    tool_choice: toolChoice,
  })
  .openapi('ResponseRequest');

export type Content = z.infer<typeof ContentSchema>;
export type ResponseRequest = z.infer<typeof ResponseRequestSchema>;

const UrlCitation = {
  url: z.string().openapi({ example: 'http://localhost:8787/v1/documents/doc_9a0b1c#:~:text=Leave' }),
  title: z.string().openapi({ example: 'Staff handbook' }),
  start_index: z.number().int().openapi({ description: 'Of the sentence that it proves, in the text.' }),
  end_index: z.number().int(),
};

export const ChatCompletionSchema = z
  .looseObject({
    id: z.string().openapi({ example: 'chatcmpl-ans_1d9e55' }),
    object: z.literal('chat.completion'),
    choices: z.array(
      z.looseObject({
        message: z.looseObject({
          content: z.string(),
          annotations: z.array(
            z.looseObject({ type: z.literal('url_citation'), url_citation: z.object(UrlCitation) }),
          ),
        }),
      }),
    ),
  })
  .openapi('ChatCompletion', {
    description:
      'As OpenAI’s. Each annotation also has `citation`, as in an Answer, and the whole has `ibid`: the other fields of AskResponse.',
  });

export const ResponseSchema = z
  .looseObject({
    id: z.string().openapi({ example: 'resp_conv_7c2f1e.ans_1d9e55' }),
    object: z.literal('response'),
    output: z.array(
      z.looseObject({
        type: z.literal('message'),
        content: z.array(
          z.looseObject({
            type: z.literal('output_text'),
            text: z.string(),
            annotations: z.array(z.looseObject({ type: z.literal('url_citation'), ...UrlCitation })),
          }),
        ),
      }),
    ),
  })
  .openapi('Response', {
    description:
      'As OpenAI’s. Each annotation also has `citation`, as in an Answer, and the whole has `ibid`: the other fields of AskResponse.',
  });

export const ModelSchema = z
  .object({
    id: z.string().openapi({ example: 'ibid' }),
    object: z.literal('model'),
    created: z.number().int(),
    owned_by: z.string(),
  })
  .openapi('Model');

export const ModelListSchema = z
  .object({ object: z.literal('list'), data: z.array(ModelSchema) })
  .openapi('ModelList');
