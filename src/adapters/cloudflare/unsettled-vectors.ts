import { IbidError } from '../../model/errors.ts';
import type { VectorChange } from '../../ports/vector-index.ts';
import { unpackVector } from '../sql/pack-embedding.ts';
import type { D1Database } from './d1-database.ts';
import { insertStatements } from './d1-insert.ts';
import type { VectorizeBinding } from './vectorize-index.ts';

/** A change that Vectorize may not show yet; without a vector, the passage was removed. */
export interface UnsettledVector {
  readonly passageId: string;
  readonly documentId?: string;
  readonly vector?: Float32Array;
}

/** Changes from the moment they are made until Vectorize shows them; the last one of a passage counts. */
export interface UnsettledVectors {
  add(change: VectorChange): Promise<void>;
  /** Those that were not sent, the oldest first. */
  unsent(limit: number): Promise<readonly UnsettledVector[]>;
  markSent(passageIds: readonly string[], mutation: string): Promise<void>;
  /** The latest of them all, of which a search takes account. Rejects with `not_ready` while Vectorize may hold vectors of another model. */
  load(): Promise<readonly UnsettledVector[]>;
  /** Forgets what Vectorize shows; gives how many are left. */
  forgetShown(): Promise<number>;
}

/** So many are compared with by a search; a larger load is found as Vectorize comes to show it. */
const MOST_COMPARED = 2_000;
const ASK_VECTORIZE_EVERY_MS = 2_000;
/** Clocks differ: changes of another corpus, by whose time ours are judged, must be that much later. */
const CLOCK_SKEW_MS = 10_000;

const SELECT_STATE = `SELECT count(*) AS count, max(seq) AS last,
    (SELECT mixed FROM vector_catch_up) AS mixed FROM unsettled_vectors`;
const SELECT_LATEST = `SELECT passage_id, document_id, vector FROM unsettled_vectors ORDER BY seq DESC LIMIT ?1`;
const SELECT_UNSENT = `SELECT passage_id, document_id, vector FROM unsettled_vectors
  WHERE mutation IS NULL ORDER BY seq LIMIT ?1`;

/** ?1: a mutation that Vectorize shows, and all before it with it; ?2: a time up to which it shows what it was sent. */
const FORGET = `DELETE FROM unsettled_vectors WHERE mutation = ?1 OR sent_at < ?2
  OR sent_at < (SELECT max(sent_at) FROM unsettled_vectors WHERE mutation = ?1)`;

export function createUnsettledVectors(options: {
  readonly database: D1Database;
  readonly vectorize: VectorizeBinding;
  readonly now: () => number;
}): UnsettledVectors {
  const { database, vectorize, now } = options;
  const { read, batch } = database;
  let kept: { readonly key: string; readonly vectors: readonly UnsettledVector[] } | undefined;
  let askedAt = 0;

  async function forgetShown(): Promise<number> {
    askedAt = now();
    const { processedUpToMutation, processedUpToDatetime } = await vectorize.describe();
    const shownUpTo = new Date(processedUpToDatetime ?? 0).getTime() - CLOCK_SKEW_MS;
    const [, state = []] = await batch([
      [FORGET, [String(processedUpToMutation), Number.isFinite(shownUpTo) ? shownUpTo : 0]],
      [SELECT_STATE],
    ]);
    return Number(state[0]?.count ?? 0);
  }

  return {
    forgetShown,
    async add({ upserts, removals, generation }) {
      const into = 'INSERT OR REPLACE INTO unsettled_vectors (passage_id, document_id, vector)';
      const gone = removals.map((passageId) => [passageId]);
      const rows = upserts.map(({ passageId, documentId, vector }) => [
        passageId,
        documentId,
        new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
      ]);
      await batch([
        ...insertStatements('INSERT OR REPLACE INTO unsettled_vectors (passage_id)', gone),
        ...insertStatements(into, rows),
        ['INSERT OR REPLACE INTO vector_generation (singleton, generation) VALUES (1, ?1)', [generation]],
      ]);
    },
    unsent: async (limit) => (await read(SELECT_UNSENT, [limit])).map(toUnsettled),
    async markSent(passageIds, mutation) {
      await batch([
        [
          `UPDATE unsettled_vectors SET mutation = ?2,
             sent_at = max(?3, (SELECT coalesce(max(sent_at), 0) + 1 FROM unsettled_vectors))
           WHERE passage_id IN (SELECT value FROM json_each(?1)) AND mutation IS NULL`,
          [JSON.stringify(passageIds), mutation, now()],
        ],
      ]);
    },
    async load() {
      const [state] = await read(SELECT_STATE);
      if (state?.mixed === 1) throw mixed();
      if (Number(state?.count ?? 0) === 0) return [];
      if (now() - askedAt > ASK_VECTORIZE_EVERY_MS && (await forgetShown()) === 0) return [];
      const [left] = await read(SELECT_STATE);
      const key = `${left?.count} ${left?.last}`;
      if (kept?.key !== key)
        kept = { key, vectors: (await read(SELECT_LATEST, [MOST_COMPARED])).map(toUnsettled) };
      return kept.vectors;
    },
  };
}

function mixed(): IbidError {
  return new IbidError(
    'not_ready',
    'The vectors of another embedding model are being replaced: full text alone answers until that is done.',
  );
}

function toUnsettled(row: Readonly<Record<string, unknown>>): UnsettledVector {
  const { passage_id: passageId, document_id: documentId, vector } = row;
  if (vector === null) return { passageId: String(passageId) };
  return {
    passageId: String(passageId),
    documentId: String(documentId),
    vector: unpackVector(vector as ArrayBuffer),
  };
}
