import type { MiddlewareHandler } from 'hono';
import { IbidError } from '../../model/errors.ts';
import { addressGroup } from '../address-group.ts';
import type { AppDependencies, HttpContext, HttpEnv, HttpSettings } from '../dependencies.ts';
import type { RateLimitPolicy } from '../rate-limiter.ts';
import { SESSIONS_PATH } from './authorise.ts';

/** Sessions that one address may get. */
const MINTING: RateLimitPolicy = { limit: 60, windowSeconds: 60 };
/** What all sessions of one address may ask together without a policy, in sessions: an office may stand behind it. */
const SESSIONS_AN_ADDRESS = 10;

/** A limit that a request counts against: `key` says whose. */
interface Share {
  readonly name: 'default' | 'session' | 'minting';
  readonly key: string;
  readonly policy: RateLimitPolicy;
}

/**
 * Limits requests by key, by address, or by session and address, and tells what is left.
 * Headers as in draft-ietf-httpapi-ratelimit-headers-10.
 */
export function rateLimit(
  deps: Pick<AppDependencies, 'settings' | 'rateLimiter' | 'clock' | 'clientAddress'>,
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return next();
    const shares = sharesOf(c, deps.settings, addressGroup(deps.clientAddress(c.req.raw, c.env)));
    if (shares.length === 0) return next();
    const now = deps.clock();
    const states = await Promise.all(
      shares.map(async ({ name, key, policy }) => ({
        ...(await deps.rateLimiter.take(`${name} ${key}`, policy, now)),
        name,
        policy,
      })),
    );
    const policies = states.map(
      ({ name, policy: { limit, windowSeconds } }) => `"${name}";q=${limit};w=${windowSeconds}`,
    );
    c.header('RateLimit-Policy', policies.join(', '));
    c.header(
      'RateLimit',
      states
        .map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`)
        .join(', '),
    );
    const spent = states.filter(({ allowed }) => !allowed);
    if (spent.length === 0) return next();
    const seconds = Math.max(...spent.map(({ resetSeconds }) => resetSeconds));
    c.header('Retry-After', String(seconds));
    throw new IbidError('rate_limited', `Too many requests: try again in ${seconds} s.`);
  };
}

/**
 * A key counts for itself, all else by address: a token that does not hold as a guessed key does, and a session, besides
 * its own share, so that fresh sessions do not bring fresh shares.
 */
function sharesOf(c: HttpContext, settings: HttpSettings, address: string): Share[] {
  const caller = c.get('caller');
  const { rateLimit: policy, sessionRateLimit } = settings;
  const shares: Share[] = [];
  if (caller.kind === 'session')
    shares.push({ name: 'session', key: caller.id, policy: sessionRateLimit }, ofAddress(settings, address));
  else if (policy !== undefined && 'key' in caller)
    shares.push({ name: 'default', key: `key ${caller.key}`, policy });
  else if (policy !== undefined) shares.push(ofAddress(settings, address));
  if (c.req.path === SESSIONS_PATH) shares.push({ name: 'minting', key: address, policy: MINTING });
  return shares;
}

function ofAddress({ rateLimit, sessionRateLimit }: HttpSettings, address: string): Share {
  const { limit, windowSeconds } = sessionRateLimit;
  const policy = rateLimit ?? { limit: limit * SESSIONS_AN_ADDRESS, windowSeconds };
  return { name: 'default', key: `address ${address}`, policy };
}
