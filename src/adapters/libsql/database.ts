import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Client, createClient, type InArgs, type Row } from '@libsql/client';
import { IbidError } from '../../model/errors.ts';
import type { Migrations } from '../sql/schema.ts';
import { faultOf, isBusy } from './database-fault.ts';
import { migrate } from './migrate.ts';

/** Runs one statement. */
export type Run = (sql: string, args?: InArgs) => Promise<Row[]>;

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

// A connection that waits for a lock inside SQLite blocks the event loop, so it waits there only for the instants
// that a checkpoint takes; longer waits sleep here.
const LOCK_WAIT_MS = 50;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
const KEEP_WAL_BYTES = 64 * 1024 * 1024;

/**
 * Opens a file in WAL mode, so that readers and the writer do not wait for each other.
 * `synchronous = FULL`: what is acknowledged survives a power cut, for one fsync a commit, and commits are few.
 * Throws `index_incompatible` for a damaged, foreign or newer file and `config_invalid` for one that cannot be opened.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { path, migrations, busyWaitMs = 60_000 } = options;
  const deadline = () => Date.now() + busyWaitMs;
  const clients = new Set<Client>();
  const connect = async () => {
    const client = connectTo(path);
    clients.add(client);
    await patiently(path, deadline(), () => prepare(client));
    return client;
  };
  try {
    const writer = await connect();
    const transact = transactions(path, writer, deadline);
    await transact((run) => migrate(run, migrations, path));
    const reader = await connect();
    await reader.execute('PRAGMA query_only = 1');
    return {
      read: (sql, args) => patiently(path, deadline(), () => runOn(reader, sql, args)),
      write: transact,
      async *snapshot(work) {
        const client = await connect();
        try {
          await client.execute('BEGIN');
          yield* work((sql, args) => patiently(path, deadline(), () => runOn(client, sql, args)));
        } finally {
          clients.delete(client);
          client.close();
        }
      },
      async close() {
        await transact.settled();
        for (const client of clients) client.close();
        clients.clear();
      },
    };
  } catch (error) {
    for (const client of clients) client.close();
    throw faultOf(error, path);
  }
}

function connectTo(path: string): Client {
  mkdirSync(dirname(path), { recursive: true });
  return createClient({ url: pathToFileURL(path).href, timeout: LOCK_WAIT_MS });
}

async function prepare(client: Client): Promise<void> {
  const [mode] = (await client.execute('PRAGMA journal_mode')).rows;
  if (mode?.journal_mode !== 'wal') {
    // A vector and its sentences' fit a page of this size; it can only be chosen before the first table.
    await client.execute('PRAGMA page_size = 8192');
    await client.execute('PRAGMA journal_mode = WAL');
  }
  await client.execute('PRAGMA synchronous = FULL');
  await client.execute('PRAGMA cache_size = -32000');
  await client.execute(`PRAGMA journal_size_limit = ${KEEP_WAL_BYTES}`);
}

/**
 * Transactions on one connection, one after the other. `BEGIN` and `COMMIT` are plain statements here: the client's own
 * `transaction()` gives its connection away and leaves it open afterwards.
 */
function transactions(path: string, writer: Client, deadline: () => number) {
  let last: Promise<unknown> = Promise.resolve();
  const run: Run = (sql, args) => runOn(writer, sql, args);
  const transact = async <T>(work: (run: Run) => Promise<T>): Promise<T> => {
    try {
      await patiently(path, deadline(), () => runOn(writer, 'BEGIN IMMEDIATE'));
      const result = await work(run);
      await patiently(path, deadline(), () => runOn(writer, 'COMMIT'));
      return result;
    } catch (error) {
      await writer.execute('ROLLBACK').catch(() => undefined);
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

async function runOn(client: Client, sql: string, args: InArgs = []): Promise<Row[]> {
  for (const arg of Object.values(args)) {
    // SQLite's text ends at the first NUL, so what follows would be lost without a word.
    if (typeof arg === 'string' && arg.includes('\0')) {
      throw new IbidError(
        'bad_request',
        'A text holds a NUL character, which cannot be stored. Remove it and try again.',
      );
    }
  }
  return (await client.execute({ sql, args })).rows;
}

async function patiently<T>(path: string, deadline: number, work: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || Date.now() + pause > deadline) throw faultOf(error, path);
      await sleep(pause);
    }
  }
}
