import type { Config } from '../config.ts';
import { DEFAULT_LIMITS, type HttpSettings } from '../http/dependencies.ts';

/**
 * What the HTTP surface of a Worker allows. Without an admin key its routes serve requests for a loopback host alone, which reach
 * `wrangler dev` and never a Worker on the network.
 */
export function httpSettings(config: Config): HttpSettings {
  const { adminKey, apiKeys, allowedOrigins, rateLimit } = config;
  const { requireSession, sessionSeconds, sessionRateLimit } = config;
  return {
    ...DEFAULT_LIMITS,
    loopbackOnly: false,
    adminOpen: adminKey === undefined,
    apiKeys,
    allowedOrigins,
    requireSession,
    sessionSeconds,
    sessionRateLimit,
    ...(adminKey === undefined ? {} : { adminKey }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
  };
}
