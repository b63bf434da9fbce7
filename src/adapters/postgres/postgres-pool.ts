import { hostname } from 'node:os';
import { type ClientBase, type CustomTypesConfig, Pool, types } from 'pg';

const { BYTEA, INT8, JSON: JSON_TYPE } = types.builtins;
const AS_IT_IS = (text: string) => text;

/** Whole numbers as numbers (ours are below 2^53), bytes as a buffer of their own, JSON as its text: what the shared SQL's readers expect. */
const TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number) => {
    if (oid === INT8) return Number;
    if (oid === JSON_TYPE) return AS_IT_IS;
    if (oid === BYTEA) return toBuffer;
    return types.getTypeParser(oid);
  },
};

/** What each connection begins with. */
export const POSTGRES_SESSION = {
  types: TYPES,
  async onConnect(client: ClientBase): Promise<void> {
    // One that breaks between two statements fails the next of them; without a listener it would end the process.
    client.on('error', () => undefined);
    // Of pgvector 0.8; without it they mean nothing. The graph looks at more than are asked for, and on while a filter leaves too few.
    await client.query("SET hnsw.ef_search = 200; SET hnsw.iterative_scan = 'strict_order'");
  },
};

/** Connections of one instance; a question reads on one of them, a commit holds one while it lasts. */
const MOST_CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 10_000;
const KEEP_ALIVE_AFTER_MS = 30_000;

/** Connections to the database of `url` (https://www.postgresql.org/docs/current/libpq-connect.html), made when they are needed. */
export function createPostgresPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    ...POSTGRES_SESSION,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    // A process that has nothing left to do may end.
    allowExitOnIdle: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    fallback_application_name: `ibid ${process.pid} on ${hostname()}`,
  });
  // One that breaks while nobody uses it is left out by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

function toBuffer(hex: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(hex.slice(2), 'hex')).buffer;
}
