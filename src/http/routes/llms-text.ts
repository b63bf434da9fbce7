import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../dependencies.ts';

/** `GET /llms.txt`: this server in a few lines, for language models (https://llmstxt.org). */
export function addLlmsTextRoute(app: App): void {
  app.openapi(llmsTextRoute, (c) => c.text(LLMS_TEXT, 200));
}

const LLMS_TEXT = `# Ibid

> Answers questions from its owner's documents. Every sentence of an answer carries a verbatim quote; what the documents do not answer is declined.

Ask with POST /v1/ask and a JSON body {"question": "..."}. Send the returned conversation_id along to ask a follow-up.
When status is "answered", each citation holds a quote with its document and offsets. When it is "declined", closest holds the nearest passages: do not treat them as an answer.
Send Accept: text/event-stream to receive the answer as it is made. A server with API keys needs "Authorization: Bearer KEY".

## API

- [OpenAPI description](/openapi.json): every route with its schemas
- [Reference](/docs): the same for people

## Routes

- POST /v1/ask: a cited answer, or a decline
- POST /v1/search: passages only
- GET /v1/documents: what the answers come from
- GET /v1/documents/{id}: one document with the text that offsets refer to
- POST /v1/feedback: rate an answer up or down
- POST /v1/chat/completions, POST /v1/responses, GET /v1/models: the same answers in OpenAI's formats, citations as url_citation annotations
- POST /v1/ui-stream: the same for the AI SDK's useChat
- POST /mcp: the Model Context Protocol, with tools ask and search and the documents as resources
`;

const llmsTextRoute = createRoute({
  method: 'get',
  path: '/llms.txt',
  operationId: 'getLlmsText',
  tags: ['Pages'],
  summary: 'This server, for language models',
  responses: { 200: { description: 'Markdown.', content: { 'text/plain': { schema: z.string() } } } },
});
