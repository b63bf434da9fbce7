import { IbidError } from '../../model/errors.ts';
import { type Migrations, SCHEMA_VERSIONS } from '../sql/schema.ts';
import type { D1Database, Statement } from './d1-database.ts';
import { guardOf } from './d1-guard.ts';

/** Brings the tables of each component up to date, in one batch; several Workers may start at once. */
export async function migrateD1(database: D1Database, migrations: readonly Migrations[]): Promise<void> {
  if ((await changesOf(database, migrations)).length === 0) return;
  try {
    await database.batch(await changesOf(database, migrations));
  } catch (error) {
    // Another Worker may have been first.
    if ((await changesOf(database, migrations)).length > 0) throw error;
  }
}

async function changesOf(database: D1Database, migrations: readonly Migrations[]): Promise<Statement[]> {
  const current = await readVersions(database);
  return migrations.flatMap(({ component, versions }) => {
    const version = current.get(component) ?? 0;
    if (version === versions.length) return [];
    if (version > versions.length) throw newer(component);
    return [
      guardOf(`SELECT version FROM schema_versions WHERE component = '${component}'`, version || null),
      ...versions.slice(version).flatMap((statements) => statements.map((sql): Statement => [sql])),
      ['INSERT OR REPLACE INTO schema_versions VALUES (?1, ?2)', [component, versions.length]] as const,
    ];
  });
}

async function readVersions({ batch }: D1Database): Promise<ReadonlyMap<string, number>> {
  const [, rows = []] = await batch([[SCHEMA_VERSIONS], ['SELECT component, version FROM schema_versions']]);
  return new Map(rows.map(({ component, version }) => [String(component), Number(version)]));
}

function newer(component: string): IbidError {
  return new IbidError(
    'index_incompatible',
    `The D1 database was written by a newer Ibid (its ${component}). Deploy that one, or bind another database.`,
  );
}
