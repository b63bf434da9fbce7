import type { SqlRow } from '../sql/passage-rows.ts';
import type { SqlValue } from '../sql/run.ts';

const MOST_ROWS = 2_000;
/** Of one statement; a text of Postgres holds 1 GB, and all of it is in memory twice. */
const MOST_CHARACTERS = 4_000_000;

/** A column of many rows, which is one parameter. */
type Column = readonly SqlValue[];

/** Runs one statement whose parameters may be columns. */
export type RunWide = (sql: string, args?: readonly (SqlValue | Column)[]) => Promise<readonly SqlRow[]>;

/**
 * Inserts rows of equal width, a column as one array, so that the statement stays the same however many they are.
 * `into` is the statement up to its values, `after` what follows them.
 */
export async function insertRows(
  run: RunWide,
  into: string,
  rows: readonly (readonly SqlValue[])[],
  after = '',
): Promise<void> {
  for (const slice of slicesOf(rows)) {
    const columns = Array.from({ length: slice[0]?.length ?? 0 }, (_, at) =>
      slice.map((row) => row[at] ?? null),
    );
    // What is nothing throughout has no type.
    const filled = columns.filter((column) => typeOf(column) !== undefined);
    const names = columns.map((column) => (filled.includes(column) ? `c${filled.indexOf(column)}` : 'NULL'));
    const arrays = filled.map((column, at) => `?${at + 1}::${typeOf(column)}[]`);
    await run(
      `${into} SELECT ${names.join(', ')} FROM unnest(${arrays.join(', ')}) AS row (${filled.map((_, at) => `c${at}`).join(', ')}) ${after}`,
      filled,
    );
  }
}

function* slicesOf(rows: readonly (readonly SqlValue[])[]): Generator<readonly (readonly SqlValue[])[]> {
  let slice: (readonly SqlValue[])[] = [];
  let characters = 0;
  for (const row of rows) {
    const size = row.reduce<number>((sum, value) => sum + sizeOf(value), 0);
    if (slice.length === MOST_ROWS || (slice.length > 0 && characters + size > MOST_CHARACTERS)) {
      yield slice;
      slice = [];
      characters = 0;
    }
    slice.push(row);
    characters += size;
  }
  if (slice.length > 0) yield slice;
}

function sizeOf(value: SqlValue): number {
  if (typeof value === 'string') return value.length;
  return value instanceof Uint8Array ? value.length * 2 : 8;
}

function typeOf(column: Column): 'bigint' | 'text' | 'bytea' | undefined {
  const value = column.find((each) => each !== null);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return 'bigint';
  return typeof value === 'string' ? 'text' : 'bytea';
}
