import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../dependencies.ts';

const SANE = /^[\w.:-]{1,128}$/;

/** Takes the caller's `x-request-id` when it is sane, else makes one, and always returns it. */
export function requestId(newId: () => string): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const given = c.req.header('x-request-id');
    const id = given !== undefined && SANE.test(given) ? given : newId();
    c.set('requestId', id);
    c.header('x-request-id', id);
    await next();
  };
}
