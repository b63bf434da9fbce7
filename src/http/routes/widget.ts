import { createRoute, z } from '@hono/zod-openapi';
import type { App, AppDependencies } from '../dependencies.ts';
import { addPlainRoute } from '../plain-route.ts';
import { respondFile, revalidate } from '../static-files.ts';

/** An hour old it is asked for anew, and until that answer is here used for a day. */
const KEPT = 'public, max-age=3600, stale-while-revalidate=86400';

/** `GET /widget.js`: the chat for any site. It holds nothing secret, so pages of any origin may load it. */
export function addWidgetRoute(app: App, deps: Pick<AppDependencies, 'assets'>): void {
  addPlainRoute(app, widgetRoute, revalidate, (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return respondFile(c, deps.assets, 'widget/widget.js', KEPT);
  });
}

const widgetRoute = createRoute({
  method: 'get',
  path: '/widget.js',
  operationId: 'getWidget',
  tags: ['Pages'],
  summary: 'The chat for any site',
  responses: { 200: { description: 'A script.', content: { 'text/javascript': { schema: z.string() } } } },
});
