import { IbidError } from '../../model/errors.ts';
import { type Migrations, SCHEMA_VERSIONS } from '../sql/schema.ts';
import type { Run } from './connection.ts';

/** Brings the tables of one component up to date, within the caller's transaction. */
export async function migrate(run: Run, migrations: Migrations, path: string): Promise<void> {
  await refuseForeign(run, path);
  await run(SCHEMA_VERSIONS);
  const { component, versions } = migrations;
  const [row] = await run('SELECT version FROM schema_versions WHERE component = ?', [component]);
  const current = Number(row?.version ?? 0);
  if (current > versions.length) {
    throw new IbidError(
      'index_incompatible',
      `${path} was written by a newer Ibid (its ${component} have version ${current}, this one knows ${versions.length}). Update Ibid, or name another folder in IBID_DATA.`,
    );
  }
  for (const statement of versions.slice(current).flat()) await run(statement);
  await run('INSERT OR REPLACE INTO schema_versions VALUES (?, ?)', [component, versions.length]);
}

async function refuseForeign(run: Run, path: string): Promise<void> {
  const tables = await run("SELECT name FROM sqlite_master WHERE type = 'table'");
  if (tables.length === 0 || tables.some(({ name }) => name === 'schema_versions')) return;
  throw new IbidError(
    'index_incompatible',
    `${path} is another program's database. Name another folder in IBID_DATA; nothing was changed.`,
  );
}
