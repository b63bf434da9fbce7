import { DurableObject } from 'cloudflare:workers';
import type { DurableObjectState } from '@cloudflare/workers-types';

/** So many requests in a window, and where a caller's window stands; times are milliseconds since the epoch. */
interface Window {
  readonly endsAt: number;
  readonly taken: number;
}

/** Counts the requests of one caller: a Durable Object, so that all Workers count as one. It forgets when the window has passed. */
export class RateLimitCounter extends DurableObject {
  readonly #storage: DurableObjectState['storage'];

  constructor(state: DurableObjectState, env: unknown) {
    super(state, env);
    this.#storage = state.storage;
  }

  /** Takes one request; gives the window that it falls in, counting it. */
  async take(windowSeconds: number, now: number): Promise<Window> {
    const stored = await this.#storage.get<Window>('window');
    const open = stored !== undefined && stored.endsAt > now;
    const window = open
      ? { ...stored, taken: stored.taken + 1 }
      : { endsAt: now + windowSeconds * 1000, taken: 1 };
    await this.#storage.put('window', window);
    if (!open) await this.#storage.setAlarm(window.endsAt + 1_000);
    return window;
  }

  async alarm(): Promise<void> {
    await this.#storage.deleteAll();
  }
}
