import type { SqlValue } from '../sql/run.ts';
import type { Statement } from './d1-database.ts';

/** A statement that fails, and its batch with it, unless the query `sql` still gives `expected`. */
export function guardOf(sql: string, expected: SqlValue): Statement {
  return [`SELECT json(iif((${sql}) IS ?1, '1', 'changed meanwhile'))`, [expected]];
}
