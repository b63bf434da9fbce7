import type { RouteConfig } from '@hono/zod-openapi';
import type { Handler } from 'hono';
import type { App, HttpEnv } from './dependencies.ts';

/**
 * Adds a route whose handler answers with a `Response` of its own making (a file, text, a form's result):
 * it is described in /openapi.json like the others, but its request is not validated by its description.
 */
export function addPlainRoute(app: App, route: RouteConfig, ...handlers: Handler<HttpEnv>[]): void {
  app.openAPIRegistry.registerPath(route);
  app.on(route.method.toUpperCase(), [route.path], ...handlers);
}
