import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { vector } from '@electric-sql/pglite-pgvector';
import { Pool } from 'pg';
import { POSTGRES_SESSION } from '../adapters/postgres/postgres-pool.ts';

/** Postgres to test on: a server when `DATABASE_URL` names one, else PGlite, which is Postgres itself within this process. */
export interface TestPostgres {
  /** Whether connections are several; those of PGlite are all one. */
  readonly isServer: boolean;
  /** Whether it has pgvector. */
  readonly vectors: boolean;
  /** Connections that work in an empty schema of their own. */
  emptyPool(): Promise<Pool>;
  /** Further connections to the schema of the last empty pool; on PGlite, where there is but one, these are the same. */
  anotherPool(): Pool;
  close(): Promise<void>;
}

/** Milliseconds to wait for PGlite, which sets up a database when it starts. */
export const POSTGRES_START_MS = 120_000;

export async function openTestPostgres(): Promise<TestPostgres> {
  const url = process.env.DATABASE_URL;
  return url === undefined ? openPglite() : openServer(url);
}

async function openPglite(): Promise<TestPostgres> {
  const pglite = await PGlite.create({ extensions: { vector } });
  const pool = new Pool({ ...createPgConfig(pglite), ...POSTGRES_SESSION, max: 1 });
  return {
    isServer: false,
    vectors: true,
    async emptyPool() {
      await pglite.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      return pool;
    },
    anotherPool: () => pool,
    async close() {
      await pool.end();
      await pglite.close();
    },
  };
}

async function openServer(url: string): Promise<TestPostgres> {
  const main = new Pool({ connectionString: url, max: 1 });
  main.on('error', () => undefined);
  const { rowCount } = await main.query("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'");
  if (rowCount) await main.query('CREATE EXTENSION IF NOT EXISTS vector SCHEMA public');
  const pools: Pool[] = [];
  const schemas: string[] = [];
  const anotherPool = () => {
    const pool = new Pool({
      connectionString: url,
      ...POSTGRES_SESSION,
      options: `-c search_path=${schemas.at(-1)},public`,
    });
    // Tests cut connections as well.
    pool.on('error', () => undefined);
    pools.push(pool);
    return pool;
  };
  return {
    isServer: true,
    vectors: rowCount === 1,
    async emptyPool() {
      schemas.push(`ibid_test_${crypto.randomUUID().replaceAll('-', '')}`);
      await main.query(`CREATE SCHEMA ${schemas.at(-1)}`);
      return anotherPool();
    },
    anotherPool,
    async close() {
      for (const pool of pools) await pool.end();
      for (const schema of schemas) await main.query(`DROP SCHEMA ${schema} CASCADE`);
      await main.end();
    },
  };
}
