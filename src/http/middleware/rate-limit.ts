import type { MiddlewareHandler } from 'hono';
import { IbidError } from '../../model/errors.ts';
import type { AppDependencies, HttpEnv } from '../dependencies.ts';
import { keyKind } from './authorise.ts';

/**
 * Limits requests by key, or by address for those without a known one, when a policy is set.
 * Headers as in draft-ietf-httpapi-ratelimit-headers-10.
 */
export function rateLimit(
  deps: Pick<AppDependencies, 'settings' | 'rateLimiter' | 'clock' | 'clientAddress'>,
): MiddlewareHandler<HttpEnv> {
  const policy = deps.settings.rateLimit;
  if (policy === undefined) return (_c, next) => next();
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return next();
    const known = await keyKind(c, deps.settings);
    const caller =
      known === undefined ? `address ${deps.clientAddress(c.req.raw, c.env)}` : `key ${known.key}`;
    const state = await deps.rateLimiter.take(caller, policy, deps.clock());
    c.header('RateLimit-Policy', `"default";q=${policy.limit};w=${policy.windowSeconds}`);
    c.header('RateLimit', `"default";r=${state.remaining};t=${state.resetSeconds}`);
    if (!state.allowed) {
      c.header('Retry-After', String(state.resetSeconds));
      throw new IbidError('rate_limited', `Too many requests: try again in ${state.resetSeconds} s.`);
    }
    return next();
  };
}
