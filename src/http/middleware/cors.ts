import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../dependencies.ts';

const METHODS = 'GET, HEAD, POST, DELETE';
const EXPOSED =
  'x-request-id, ratelimit, ratelimit-policy, retry-after, mcp-session-id, x-vercel-ai-ui-message-stream';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of the allowed origins (`*` for all) read replies, and answers their preflights; to others nothing is said
 * (https://fetch.spec.whatwg.org/#http-cors-protocol). No cookie is ever used, so credentials are not allowed.
 */
export function cors(origins: readonly string[]): MiddlewareHandler<HttpEnv> {
  if (origins.length === 0) return (_c, next) => next();
  const all = origins.includes('*');
  return async (c, next) => {
    const origin = c.req.header('origin');
    // Also where no origin is named: a cache must not hand that reply to a page whose origin would be.
    if (!all) c.header('Vary', 'Origin', { append: true });
    if (origin === undefined || !(all || origins.includes(origin))) return next();
    c.header('Access-Control-Allow-Origin', all ? '*' : origin);
    if (c.req.method !== 'OPTIONS' || c.req.header('access-control-request-method') === undefined) {
      c.header('Access-Control-Expose-Headers', EXPOSED);
      return next();
    }
    c.header('Access-Control-Allow-Methods', METHODS);
    c.header('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    // Clients bring headers of their own (`x-stainless-…`, `mcp-…`); none of them opens anything here.
    const wanted = c.req.header('access-control-request-headers');
    if (wanted !== undefined) c.header('Access-Control-Allow-Headers', wanted);
    c.header('Vary', 'Access-Control-Request-Headers', { append: true });
    return c.body(null, 204);
  };
}
