import { setTimeout as sleep } from 'node:timers/promises';
import { IbidError } from '../../model/errors.ts';
import { createRobots } from './robots.ts';
import type { WebClient, WebResponse } from './web-client.ts';

const MAX_PARALLEL = 4;

/** Gets pages that robots.txt allows, redirects included: at most four at a time, as far apart as the site asks. */
export interface PoliteClient {
  /** Rejects with `document_unreadable`, also for a status that is no success. */
  get(url: string): Promise<WebResponse>;
  isAllowed(url: string): Promise<boolean>;
}

export function createPoliteClient(client: WebClient): PoliteClient {
  const robots = createRobots(client);
  const inTurn = createLimiter(MAX_PARALLEL);
  const freeAt = new Map<string, number>();

  const waitForTurn = async (url: URL): Promise<void> => {
    const { isAllowed, delayMs } = await robots(url);
    if (!isAllowed) {
      throw new IbidError('document_unreadable', `robots.txt of ${url.host} asks not to read ${url.href}.`);
    }
    const now = Date.now();
    const turn = Math.max(now, freeAt.get(url.origin) ?? 0);
    freeAt.set(url.origin, turn + delayMs);
    if (turn > now) await sleep(turn - now);
  };

  return {
    get: (address) =>
      inTurn(async () => {
        await waitForTurn(new URL(address));
        const first = new URL(address).href;
        const response = await client(address, async (url) => {
          if (url.href !== first) await waitForTurn(url);
        });
        if (response.status >= 200 && response.status < 300) return response;
        throw new IbidError(
          'document_unreadable',
          `${address} answers ${response.status}. Check the address.`,
        );
      }),
    isAllowed: async (address) => (await robots(new URL(address))).isAllowed,
  };
}

function createLimiter(parallel: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = parallel;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
