import { createRoute, z } from '@hono/zod-openapi';
import type { App, HttpSettings } from '../dependencies.ts';
import { addPlainRoute } from '../plain-route.ts';

/** `GET /openapi.json`: this API, described by the schemas that guard it. */
export function addOpenApiRoute(app: App, deps: { settings: HttpSettings }): void {
  const { settings } = deps;
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description:
      settings.apiKeys.length > 0
        ? 'One of the API keys of this server, or a session token from `POST /v1/sessions`.'
        : settings.requireSession
          ? 'A session token from `POST /v1/sessions`.'
          : 'This server asks for none; a session token may be sent.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'adminKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'The admin key of this server; one that listens on loopback only may have none.',
  });
  // Made once, at the first call: by then every route is registered.
  let document: string | undefined;
  addPlainRoute(app, openApiRoute, (c) => {
    document ??= JSON.stringify(app.getOpenAPI31Document(ABOUT));
    return c.body(document, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
  });
}

const ABOUT = {
  openapi: '3.1.0',
  info: {
    title: 'Ibid',
    version: '1',
    summary: 'Answers from your documents, with a verbatim quote behind every sentence.',
    description:
      'Fields are in snake_case. Errors are `application/problem+json` (RFC 9457) with an `error` member that OpenAI ' +
      'clients understand. Every response carries `x-request-id`. Offsets are UTF-16 code units, end exclusive.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', description: 'This server' }],
  tags: [
    { name: 'Ask', description: 'Questions, and the passages that answer them.' },
    { name: 'Documents', description: 'What is answered from.' },
    { name: 'Conversations', description: 'What was asked and answered, and how people liked it.' },
    { name: 'OpenAI', description: 'The same answers for clients of OpenAI’s API.' },
    { name: 'Operation', description: 'Is it well?' },
    { name: 'Pages', description: 'For people.' },
  ],
};

const openApiRoute = createRoute({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getOpenApi',
  tags: ['Operation'],
  summary: 'This description',
  responses: {
    200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: z.looseObject({}) } } },
  },
});
