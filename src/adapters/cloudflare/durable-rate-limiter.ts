import type { DurableObjectNamespace } from '@cloudflare/workers-types';
import type { RateLimitCounter } from './rate-limit-counter.ts';

/** What the HTTP surface asks of a rate limiter. */
interface RateLimiter {
  take(
    key: string,
    policy: { readonly limit: number; readonly windowSeconds: number },
    now: number,
  ): Promise<{ readonly allowed: boolean; readonly remaining: number; readonly resetSeconds: number }>;
}

type Counters = Pick<DurableObjectNamespace, 'idFromName'> & {
  get(id: ReturnType<DurableObjectNamespace['idFromName']>): Pick<RateLimitCounter, 'take'>;
};

/** Fixed windows counted by one Durable Object a caller and policy. */
export function createDurableRateLimiter(counters: Counters): RateLimiter {
  return {
    async take(key, { limit, windowSeconds }, now) {
      const counter = counters.get(counters.idFromName(`${windowSeconds} ${key}`));
      const { endsAt, taken } = await counter.take(windowSeconds, now);
      return {
        allowed: taken <= limit,
        remaining: Math.max(0, limit - taken),
        resetSeconds: Math.max(1, Math.ceil((endsAt - now) / 1000)),
      };
    },
  };
}
