import { IbidError } from '../../model/errors.ts';
import type { D1Database } from './d1-database.ts';

export interface D1LeaseOptions {
  readonly database: D1Database;
  readonly newToken: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** How long to wait for another holder, in milliseconds. Default 20 s: a request is then told to come back. */
  readonly waitMs?: number;
}

const HELD_MS = 60_000;
const RENEW_MS = 15_000;
const RETRY_MS = 500;

const TAKE = `INSERT INTO ingest_lease (singleton, holder, expires_at) VALUES (1, ?1, ?2)
  ON CONFLICT (singleton) DO UPDATE SET holder = ?1, expires_at = ?2
  WHERE expires_at < ?3 OR holder = ?1 RETURNING holder`;

/**
 * Runs one piece of work at a time among all Workers that share the database: each holds a lease that it renews. That of a Worker
 * which was stopped runs out after a minute. Rejects with `index_busy` when the wait is over.
 */
export function createD1Lease(options: D1LeaseOptions): <T>(work: () => Promise<T>) => Promise<T> {
  const { database, newToken, now, sleep, waitMs = 20_000 } = options;
  const take = async (token: string) => {
    const [taken = []] = await database.batch([[TAKE, [token, now() + HELD_MS, now()]]]);
    return taken.length > 0;
  };
  return async (work) => {
    const token = newToken();
    const deadline = now() + waitMs;
    while (!(await take(token))) {
      if (now() > deadline) throw busy();
      await sleep(RETRY_MS);
    }
    const renewal = setInterval(() => void take(token).catch(() => undefined), RENEW_MS);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      await database.batch([['DELETE FROM ingest_lease WHERE holder = ?1', [token]]]);
    }
  };
}

function busy(): IbidError {
  return new IbidError('index_busy', 'Documents are being ingested just now. Try again in a moment.');
}
