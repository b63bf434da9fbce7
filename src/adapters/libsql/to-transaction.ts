import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Transaction } from '../sql/run.ts';
import type { Run } from './connection.ts';
import { insertRows } from './insert-rows.ts';

/** The open transaction of a connection, which sees what it wrote. */
export function toTransaction(run: Run): Transaction {
  return {
    read: run,
    seesWrites: true,
    write: async (sql, args) => void (await run(sql, args)),
    insert: (into, rows, after) => insertRows(run, into, rows, after),
    pause: async () => void (await yieldToOthers()),
  };
}
