import type { MiddlewareHandler } from 'hono';
import { IbidError } from '../../model/errors.ts';
import type { HttpContext, HttpEnv, HttpSettings } from '../dependencies.ts';
import { hostOf, isLoopbackHost, standingOf } from '../origins.ts';

/**
 * Refuses pages of origins that are not allowed and, on a server for this machine alone, host names that are not its own:
 * another site's name could be pointed here (https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#security-warning).
 */
export function requireOwnHost(settings: HttpSettings): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && standingOf(c, origin, settings) === 'stranger') {
      throw new IbidError(
        'forbidden',
        'Pages of this origin may not call this server: name it in IBID_ALLOWED_ORIGINS.',
      );
    }
    if (settings.loopbackOnly && !isKnownHost(c, settings)) {
      throw new IbidError(
        'forbidden',
        'This server answers to localhost only. Behind a proxy, name its address in IBID_ALLOWED_ORIGINS, or send a key.',
      );
    }
    await next();
  };
}

/** Who brings a key was not led here by another site. */
function isKnownHost(c: HttpContext, { allowedOrigins }: HttpSettings): boolean {
  const host = hostOf(c);
  const { kind } = c.get('caller');
  if (kind === 'api' || kind === 'admin' || isLoopbackHost(host)) return true;
  return allowedOrigins.some((origin) => origin !== '*' && new URL(origin).host === host);
}
