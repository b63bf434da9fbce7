import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migrations } from '../sql/schema.ts';
import { type Connection, openConnection, type Run } from './connection.ts';
import { faultOf, isBusy } from './database-fault.ts';
import { migrate } from './migrate.ts';

/** One SQLite file with a connection that reads and one that writes. */
export interface Database {
  /** Reads the last committed state, also while a write is under way. */
  readonly read: Run;
  /** Runs `work` in one transaction, one at a time; all of it is kept, or none when it throws. */
  write<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** Reads of `work` see one state, whatever is committed meanwhile. */
  snapshot<T>(work: (run: Run) => AsyncGenerator<T>): AsyncGenerator<T>;
  /** Waits for the write under way, then closes the file. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** The file; made, with its folder, when missing. */
  readonly path: string;
  readonly migrations: Migrations;
  /** How long a write waits for another process's, in milliseconds. Default 60,000. */
  readonly busyWaitMs?: number;
}

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/**
 * Opens a file in WAL mode, so that readers and the writer do not wait for each other.
 * Throws `index_incompatible` for a damaged, foreign or newer file and `config_invalid` for one that cannot be opened.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { path, migrations, busyWaitMs = 60_000 } = options;
  const writer = openConnection(path);
  const reader = openConnection(path);
  const patiently: Patiently = (work) => retryWhileBusy(path, Date.now() + busyWaitMs, work);
  const transact = inTurn(patiently, writer, path);
  const close = async () => {
    await transact.settled();
    await reader.close();
    // Leaves one whole file behind; when another process reads, the log stays beside it and nothing is lost.
    await writer.run('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
    await writer.close();
  };
  try {
    await mkdir(dirname(path), { recursive: true });
    await transact((run) => migrate(run, migrations, path));
  } catch (error) {
    await writer.close();
    throw faultOf(error, path);
  }
  return {
    read: (sql, args) => patiently(() => reader.run(sql, args)),
    write: transact,
    async *snapshot(work) {
      const connection = openConnection(path);
      try {
        await patiently(() => connection.run('BEGIN'));
        yield* work((sql, args) => connection.run(sql, args));
      } catch (error) {
        throw faultOf(error, path);
      } finally {
        await connection.close();
      }
    },
    close,
  };
}

type Patiently = <T>(work: () => Promise<T>) => Promise<T>;

/** Transactions on one connection, one after the other. */
function inTurn(patiently: Patiently, writer: Connection, path: string) {
  let last: Promise<unknown> = Promise.resolve();
  const transact = async <T>(work: (run: Run) => Promise<T>): Promise<T> => {
    try {
      await patiently(() => writer.run('BEGIN IMMEDIATE'));
      const result = await work(writer.run);
      await writer.run('COMMIT');
      return result;
    } catch (error) {
      await writer.close();
      throw faultOf(error, path);
    }
  };
  const queued = <T>(work: (run: Run) => Promise<T>): Promise<T> => {
    const result = last.then(() => transact(work));
    last = result.catch(() => undefined);
    return result;
  };
  return Object.assign(queued, { settled: () => last });
}

async function retryWhileBusy<T>(path: string, deadline: number, work: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || Date.now() + pause > deadline) throw faultOf(error, path);
      await sleep(pause);
    }
  }
}
