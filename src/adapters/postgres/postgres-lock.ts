import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { IbidError } from '../../model/errors.ts';
import { postgresFault } from './postgres-fault.ts';

export interface PostgresLockOptions {
  readonly pool: Pool;
  /** How long to wait for another instance, in milliseconds. Default 10 minutes. */
  readonly waitMs?: number;
  /** Told once when there is someone to wait for. */
  readonly onWait?: (holder: string) => void;
}

const RETRY_MS = 200;
const KEY = "hashtextextended('ibid ' || current_schema() || ' ingestion', 0)";

/**
 * Runs one ingestion at a time among all instances on one database, so that they do not embed the same documents twice. Postgres
 * lets go of the lock when its holder's connection ends, however it ended. Rejects with `index_busy` when the wait is over.
 */
export function createPostgresLock(options: PostgresLockOptions): <T>(work: () => Promise<T>) => Promise<T> {
  const { pool, waitMs = 600_000, onWait } = options;
  return async (work) => {
    const client = await acquire(pool, Date.now() + waitMs, onWait);
    try {
      return await work();
    } finally {
      // A connection that broke has let go already.
      const fault = await client.query(`SELECT pg_advisory_unlock(${KEY})`).then(
        () => undefined,
        (error: Error) => error,
      );
      client.release(fault);
    }
  };
}

async function acquire(
  pool: Pool,
  deadline: number,
  onWait: ((holder: string) => void) | undefined,
): Promise<PoolClient> {
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    for (let told = false; !(await tryLock(client)); told = true) {
      const holder = await nameHolder(client);
      if (Date.now() > deadline) throw busy(holder);
      if (!told) onWait?.(holder);
      await sleep(RETRY_MS);
    }
    return client;
  } catch (error) {
    client?.release(true);
    throw postgresFault(error);
  }
}

async function tryLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`SELECT pg_try_advisory_lock(${KEY}) AS locked`);
  return rows[0]?.locked === true;
}

/** The name that the holder's connection goes by. */
async function nameHolder(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT a.application_name AS name FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND (l.classid::bigint << 32) | l.objid::bigint = ${KEY}`,
  );
  return rows[0]?.name || 'another instance';
}

function busy(holder: string): IbidError {
  return new IbidError(
    'index_busy',
    `Documents are being ingested by ${holder}. Wait for it to end, or stop it, and try again.`,
  );
}
