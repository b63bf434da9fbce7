import type { D1Database as Binding } from '@cloudflare/workers-types';
import type { SqlRow } from '../sql/passage-rows.ts';
import { refuseNul } from '../sql/refuse-nul.ts';
import type { Run, SqlValue, Transaction } from '../sql/run.ts';
import type { Migrations } from '../sql/schema.ts';
import { d1Fault } from './d1-fault.ts';
import { insertStatements } from './d1-insert.ts';
import { migrateD1 } from './d1-migrate.ts';

/** A statement with its parameters. */
export type Statement = readonly [sql: string, args?: readonly SqlValue[]];

/** A D1 database with tables that are up to date. */
export interface D1Database {
  readonly read: Run;
  /** Runs all or none; gives the rows of each. */
  readonly batch: (statements: readonly Statement[]) => Promise<readonly (readonly SqlRow[])[]>;
  /**
   * Runs `work`, whose reads see what stands and whose writes are gathered, then writes all of it in one batch behind `guard`.
   */
  readonly transact: <T>(
    guard: readonly Statement[],
    work: (transaction: Transaction) => Promise<T>,
  ) => Promise<T>;
}

/** Brings the tables up to date and opens the database; a change of the tables is one batch. */
export async function openD1Database(
  binding: Binding,
  migrations: readonly Migrations[],
): Promise<D1Database> {
  const database = wrap(binding);
  await migrateD1(database, migrations);
  return database;
}

function wrap(binding: Binding): D1Database {
  const prepare = ([sql, args = []]: Statement) => {
    refuseNul(args);
    return binding.prepare(sql).bind(...args);
  };
  const batch: D1Database['batch'] = async (statements) => {
    if (statements.length === 0) return [];
    try {
      const results = await binding.batch<SqlRow>(statements.map(prepare));
      return results.map((result) => result.results.map(withBuffers));
    } catch (error) {
      throw d1Fault(error);
    }
  };
  const read: Run = async (sql, args) => {
    try {
      return (await prepare([sql, args ?? []]).all<SqlRow>()).results.map(withBuffers);
    } catch (error) {
      throw d1Fault(error);
    }
  };
  return {
    read,
    batch,
    async transact(guard, work) {
      const writes: Statement[] = [];
      const result = await work({
        read,
        seesWrites: false,
        write: async (sql, args) => void writes.push([sql, args ?? []]),
        insert: async (into, rows, after) => void writes.push(...insertStatements(into, rows, after)),
        pause: async () => {},
      });
      if (writes.length > 0) await batch([...guard, ...writes]);
      return result;
    },
  };
}

/** D1 gives a blob as a list of its bytes. */
function withBuffers(row: SqlRow): SqlRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Array.isArray(value) ? Uint8Array.from(value as number[]).buffer : value,
    ]),
  );
}
