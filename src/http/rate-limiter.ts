/** So many requests in a window of so many seconds. */
export interface RateLimitPolicy {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface RateLimitState {
  readonly allowed: boolean;
  /** Requests left in this window. */
  readonly remaining: number;
  /** Seconds until the window ends, at least 1. */
  readonly resetSeconds: number;
}

/** Counts requests by caller. */
export interface RateLimiter {
  /** Takes one request from `key`'s share; `now` is milliseconds since the epoch. */
  take(key: string, policy: RateLimitPolicy, now: number): Promise<RateLimitState>;
}

const MOST_KEYS = 100_000;

/** A fixed-window limiter in this process's memory; callers whose window has passed are forgotten. */
export function createMemoryRateLimiter(): RateLimiter {
  const windows = new Map<string, { endsAt: number; taken: number }>();
  return {
    async take(key, policy, now) {
      let window = windows.get(key);
      if (window === undefined || window.endsAt <= now) {
        if (windows.size >= MOST_KEYS) forgetPassed(windows, now);
        window = { endsAt: now + policy.windowSeconds * 1000, taken: 0 };
        windows.set(key, window);
      }
      window.taken += 1;
      return {
        allowed: window.taken <= policy.limit,
        remaining: Math.max(0, policy.limit - window.taken),
        resetSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1000)),
      };
    },
  };
}

/** Should all windows still be open, the map starts over: memory is bounded before counts are exact. */
function forgetPassed(windows: Map<string, { endsAt: number; taken: number }>, now: number): void {
  for (const [key, window] of windows) if (window.endsAt <= now) windows.delete(key);
  if (windows.size >= MOST_KEYS) windows.clear();
}
