import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../dependencies.ts';

/** For answers that are data: a browser that is made to show one runs nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** For our own pages: scripts, styles and calls from this server only. */
export const REFERENCE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The same, and no text ever becomes script or markup. Swagger UI could not live with that. */
export const PAGE_POLICY = `${REFERENCE_POLICY}; require-trusted-types-for 'script'; trusted-types 'none'`;

/** Sets the security headers on every response; a route that needs another content policy sets its own first. */
export function securityHeaders(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', DATA_POLICY);
    // Answers change with the documents and may be private.
    if (c.req.path.startsWith('/v1/') && !headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Frame-Options', 'DENY');
  };
}
