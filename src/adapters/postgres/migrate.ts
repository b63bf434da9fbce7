import { IbidError } from '../../model/errors.ts';
import type { Transaction } from '../sql/run.ts';
import { type Migrations, SCHEMA_VERSIONS } from '../sql/schema.ts';

/** Brings the tables of one component up to date, within the caller's transaction. */
export async function migrate({ read, write }: Transaction, migrations: Migrations): Promise<void> {
  // Components may be opened at once, and each makes this table.
  await write("SELECT pg_advisory_xact_lock(hashtextextended('ibid ' || current_schema() || ' schema', 0))");
  await refuseUnfit({ read });
  await write(SCHEMA_VERSIONS);
  const { component, versions } = migrations;
  const [row] = await read('SELECT version FROM schema_versions WHERE component = ?', [component]);
  const current = Number(row?.version ?? 0);
  if (current > versions.length) {
    throw new IbidError(
      'index_incompatible',
      `The Postgres database was written by a newer Ibid (its ${component} have version ${current}, this one knows ${versions.length}). Update Ibid, or name another database in DATABASE_URL.`,
    );
  }
  if (current === versions.length) return;
  for (const statement of versions.slice(current).flat()) await write(statement);
  await write(
    'INSERT INTO schema_versions VALUES (?, ?) ON CONFLICT (component) DO UPDATE SET version = excluded.version',
    [component, versions.length],
  );
}

async function refuseUnfit({ read }: Pick<Transaction, 'read'>): Promise<void> {
  const [database] = await read(
    "SELECT current_schema() AS schema, current_setting('server_encoding') AS encoding",
  );
  if (database?.encoding !== 'UTF8') {
    throw new IbidError(
      'config_invalid',
      `The Postgres database has the encoding ${database?.encoding}: create one with ENCODING 'UTF8' for Ibid.`,
    );
  }
  if (database.schema === null) {
    throw new IbidError(
      'config_invalid',
      'The search_path of DATABASE_URL names no schema that exists: create it (CREATE SCHEMA), or correct the address.',
    );
  }
  const tables = await read('SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()');
  if (tables.length === 0 || tables.some(({ name }) => name === 'schema_versions')) return;
  throw new IbidError(
    'index_incompatible',
    `The schema "${database.schema}" of the Postgres database holds another program's tables. Give Ibid a database or a schema of its own (DATABASE_URL); nothing was changed.`,
  );
}
