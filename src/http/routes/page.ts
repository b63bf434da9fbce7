import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { addPlainRoute } from '../plain-route.ts';
import { respondFile } from '../static-files.ts';

const FILES = ['app.css', 'app.mjs', 'events.mjs', 'render.mjs', 'docs.mjs', 'icon.svg'];

/** `GET /`: a page to ask from. */
export function addPageRoutes(app: App, deps: Pick<AppDependencies, 'assets'>): void {
  addPlainRoute(app, pageRoute, (c) => respondFile(c, deps.assets, 'page/index.html'));
  for (const file of FILES) app.get(`/page/${file}`, (c) => respondFile(c, deps.assets, `page/${file}`));
}

const pageRoute = createRoute({
  method: 'get',
  path: '/',
  operationId: 'getPage',
  tags: ['Pages'],
  summary: 'A page to ask from',
  responses: { 200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } } },
});
