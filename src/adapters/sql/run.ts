import type { SqlRow } from './passage-rows.ts';

/** A column's value or a parameter, as every SQL client takes it. */
export type SqlValue = string | number | null | Uint8Array;

/** Runs one statement. */
export type Run = (sql: string, args?: readonly SqlValue[]) => Promise<readonly SqlRow[]>;

/**
 * One change, kept whole or not at all. A client without interactive transactions reads first and writes everything at the end, so
 * that no read may depend on a write before it.
 */
export interface Transaction {
  /** Sees the state in which the transaction began; with `seesWrites`, its own writes as well. */
  readonly read: Run;
  readonly seesWrites: boolean;
  readonly write: (sql: string, args?: readonly SqlValue[]) => Promise<void>;
  /** Inserts rows of equal width and of the same type in each column. `into` is the statement up to its values, `after` what follows them. */
  readonly insert: (into: string, rows: readonly (readonly SqlValue[])[], after?: string) => Promise<void>;
  /** Lets others run in the midst of long work. */
  readonly pause: () => Promise<void>;
}
