import { pathToFileURL } from 'node:url';
import { type Client, createClient, type Row } from '@libsql/client';
import { refuseNul } from '../sql/refuse-nul.ts';
import type { SqlValue } from '../sql/run.ts';

/** Runs one statement. */
export type Run = (sql: string, args?: readonly SqlValue[]) => Promise<Row[]>;

/** A connection to an SQLite file, opened with its first statement and anew after a fault. */
export interface Connection {
  readonly run: Run;
  /** Rolls back what is open. The connection opens again with its next statement. */
  close(): Promise<void>;
}

// A connection that waits for a lock inside SQLite blocks the event loop, so it waits there only for the instants
// that a checkpoint takes; longer waits sleep here.
const LOCK_WAIT_MS = 50;
const KEEP_WAL_BYTES = 64 * 1024 * 1024;

/**
 * Statements, `BEGIN` and `COMMIT` among them, on one connection: the client's own `transaction()` gives its connection
 * away and leaves it open afterwards. A statement that failed stays in progress until it is garbage-collected, and keeps
 * later commits from ending ("SQL statements in progress"), so a fault closes the connection, and its transaction with it.
 */
export function openConnection(path: string): Connection {
  let client: Client | undefined;
  async function close(): Promise<void> {
    const closing = client;
    client = undefined;
    // A handle closed in a transaction would keep its locks until it is garbage-collected.
    await closing?.execute('ROLLBACK').catch(() => undefined);
    closing?.close();
  }
  return {
    close,
    async run(sql, args = []) {
      refuseNul(args);
      try {
        client ??= await connect(path);
        return (await client.execute({ sql, args: [...args] })).rows;
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

/** `synchronous = FULL`: what is acknowledged survives a power cut, for one fsync a commit, and commits are few. */
async function connect(path: string): Promise<Client> {
  const client = createClient({ url: pathToFileURL(path).href, timeout: LOCK_WAIT_MS });
  try {
    const [mode] = (await client.execute('PRAGMA journal_mode')).rows;
    if (mode?.journal_mode !== 'wal') {
      // A vector and its sentences' fit a page of this size; it can only be chosen before the first table.
      await client.execute('PRAGMA page_size = 8192');
      await client.execute('PRAGMA journal_mode = WAL');
    }
    await client.execute('PRAGMA synchronous = FULL');
    await client.execute('PRAGMA cache_size = -32000');
    await client.execute(`PRAGMA journal_size_limit = ${KEEP_WAL_BYTES}`);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
