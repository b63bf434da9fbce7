import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { addPlainRoute } from '../plain-route.ts';
import { respondFile } from '../static-files.ts';

/** `GET /docs`: Swagger UI from this server's own files, so that it works offline and under a strict policy. */
export function addDocsRoute(app: App, deps: Pick<AppDependencies, 'assets'>): void {
  addPlainRoute(app, docsRoute, (c) => respondFile(c, deps.assets, 'page/docs.html'));
  app.get('/docs/swagger-ui.css', (c) => respondFile(c, deps.assets, 'swagger-ui/swagger-ui.css'));
  app.get('/docs/swagger-ui-bundle.js', (c) =>
    respondFile(c, deps.assets, 'swagger-ui/swagger-ui-bundle.js'),
  );
}

const docsRoute = createRoute({
  method: 'get',
  path: '/docs',
  operationId: 'getDocs',
  tags: ['Pages'],
  summary: 'This description, to read and try',
  responses: { 200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } } },
});
