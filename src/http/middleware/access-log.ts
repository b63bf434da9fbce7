import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { HttpContext, HttpEnv, LogEntry } from '../dependencies.ts';
import type { Metrics } from '../metrics.ts';

/** Logs and counts each request once its last byte is handed over: ids and timings, never what was asked. */
export function accessLog(deps: {
  log: (entry: LogEntry) => void;
  clock: () => number;
  metrics: Metrics;
}): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const startedAt = deps.clock();
    await next();
    const { method, path } = c.req;
    const { status } = c.res;
    const route = routeOf(c);
    const id = c.get('requestId');
    const finish = () => {
      const ms = deps.clock() - startedAt;
      deps.log({ event: 'request', id, method, path, status, ms });
      deps.metrics.countRequest({ method, route, status, seconds: ms / 1000 });
    };
    const ended = c.get('streamEnded');
    if (ended === undefined) finish();
    else void ended.then(finish);
  };
}

/** The pattern of the route that matched, so that ids in paths make no labels of their own. */
function routeOf(c: HttpContext): string {
  return matchedRoutes(c).find((route) => route.method !== 'ALL')?.path ?? 'unmatched';
}
