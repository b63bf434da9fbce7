import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { refuseNul } from '../sql/refuse-nul.ts';
import type { Run, SqlValue, Transaction } from '../sql/run.ts';
import type { Migrations } from '../sql/schema.ts';
import { insertRows, type RunWide } from './insert-rows.ts';
import { migrate } from './migrate.ts';
import { isLostConnection, postgresFault } from './postgres-fault.ts';
import { toPostgres } from './to-postgres.ts';

/** A component's tables: SQL as SQLite writes it, run on Postgres. */
export interface PostgresDatabase {
  /** Reads the last committed state, also while a write is under way. */
  readonly read: Run;
  /** Runs `work` in one transaction, one at a time among all instances; all of it is kept, or none when it throws. */
  readonly transact: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** Reads of `work` see one state, whatever is committed meanwhile. */
  snapshot<T>(work: (read: Run) => AsyncGenerator<T>): AsyncGenerator<T>;
}

/** How long a write waits for another instance's before it throws `index_busy`. */
const LOCK_WAIT_MS = 60_000;

/**
 * Opens the tables of one component in the schema that the connections of `pool` work in, and brings them up to date. Writers of a
 * component take turns by an advisory lock, as the writers of an SQLite file do, so that what is right there is right here.
 * Throws `index_incompatible` for the tables of a newer Ibid or of another program, `config_invalid` or `not_ready` when it cannot connect.
 */
export async function openPostgresDatabase(pool: Pool, migrations: Migrations): Promise<PostgresDatabase> {
  const transact = inTurn((work) => transactOn(pool, migrations.component, work));
  await transact((transaction) => migrate(transaction, migrations));
  return {
    read: (sql, args) => readOn(pool, sql, args),
    transact,
    async *snapshot(work) {
      const client = await connect(pool);
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        yield* work((sql, args) => runOn(client, sql, args));
      } catch (error) {
        throw postgresFault(error);
      } finally {
        await endOf(client);
      }
    },
  };
}

/** Of this process only one writer of a component waits for the lock, so that the others do not each hold a connection. */
function inTurn(transact: PostgresDatabase['transact']): PostgresDatabase['transact'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => transact(work));
    last = result.catch(() => undefined);
    return result;
  };
}

async function transactOn<T>(
  pool: Pool,
  component: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await connect(pool);
  const run: RunWide = (sql, args) => runOn(client, sql, args);
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${LOCK_WAIT_MS}`);
    // Of one schema, since several indexes may share a database. Statements after it see what the holder before committed.
    await run("SELECT pg_advisory_xact_lock(hashtextextended('ibid ' || current_schema() || ' ' || ?1, 0))", [
      component,
    ]);
    const result = await work({
      read: run,
      seesWrites: true,
      write: async (sql, args) => void (await run(sql, args)),
      insert: (into, rows, after) => insertRows(run, into, rows, after),
      pause: async () => void (await yieldToOthers()),
    });
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await endOf(client);
    throw postgresFault(error);
  }
}

async function readOn(pool: Pool, sql: string, args?: readonly SqlValue[]) {
  // Those that nobody used may all have gone, as when Postgres was started anew.
  for (let others = pool.totalCount; ; others--) {
    const client = await connect(pool);
    try {
      const rows = await runOn(client, sql, args);
      client.release();
      return rows;
    } catch (error) {
      const lost = isLostConnection(error);
      client.release(lost);
      if (!lost || others <= 0) throw postgresFault(error);
    }
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw postgresFault(error);
  }
}

/** Gives a connection back; one that cannot end its transaction is closed, which ends it. */
async function endOf(client: PoolClient): Promise<void> {
  const fault = await client.query('ROLLBACK').then(
    () => undefined,
    (error: Error) => error,
  );
  client.release(fault);
}

async function runOn(client: PoolClient, sql: string, args: Parameters<RunWide>[1] = []) {
  refuseNul(args.flat());
  const { rows } = await client.query<Record<string, unknown>>({
    text: toPostgres(sql),
    values: sql.includes('json_each(') ? args.map(asPostgresJson) : [...args],
  });
  return rows;
}

/**
 * JSON may name what no text of Postgres holds: a NUL, or half of a surrogate pair. No stored text matches them, nor what takes
 * their place here.
 */
function asPostgresJson<T>(value: T): T | string {
  if (typeof value !== 'string') return value;
  return value.replace(/\\(?:\\|u0000|ud[89a-f][\da-f]{2})/g, (code) => (code === '\\\\' ? code : '\\ufffd'));
}
