import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { addPlainRoute } from '../plain-route.ts';
import { respondFile, revalidate } from '../static-files.ts';

const FILES = {
  'app.css': 'page/app.css',
  'page.js': 'widget/page.js',
  'docs.mjs': 'page/docs.mjs',
  'icon.svg': 'page/icon.svg',
};

/** `GET /`: what the bot knows, with the chat beside it. */
export function addPageRoutes(app: App, deps: Pick<AppDependencies, 'assets'>): void {
  addPlainRoute(app, pageRoute, revalidate, (c) => respondFile(c, deps.assets, 'page/index.html'));
  for (const [name, path] of Object.entries(FILES)) {
    app.get(`/page/${name}`, revalidate, (c) => respondFile(c, deps.assets, path));
  }
}

const pageRoute = createRoute({
  method: 'get',
  path: '/',
  operationId: 'getPage',
  tags: ['Pages'],
  summary: 'The documents, and a chat to ask from',
  responses: { 200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } } },
});
