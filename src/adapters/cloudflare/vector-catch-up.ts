import { unpackVector } from '../sql/pack-embedding.ts';
import { SELECT_VECTORS } from '../sql/passage-queries.ts';
import type { D1Database } from './d1-database.ts';
import type { VectorizeIndex } from './vectorize-index.ts';

const SELECT_STATE = `SELECT m.generation, v.generation AS shown, c.after_key
  FROM manifest AS m LEFT JOIN vector_generation AS v LEFT JOIN vector_catch_up AS c`;
const SELECT_LEFT = 'SELECT count(*) AS count FROM passages WHERE key > ?1';

/** Vectors a statement: about 2 MB on the way at 1,024 numbers. */
const SLICE = 100;

/**
 * Gives Vectorize what it has not got of the store: all of it when it was bound after the first documents, or when a Worker ended
 * between a commit and its vectors, or when they were embedded anew. Does some slices a call and goes on with the next; gives how
 * many passages are left. To be called by one at a time.
 */
export function createVectorCatchUp(
  { read, batch }: D1Database,
  index: VectorizeIndex,
): (slices: number) => Promise<number> {
  return async (slices) => {
    const [state] = await read(SELECT_STATE);
    if (state === undefined || (state.after_key === null && state.shown === state.generation)) return 0;
    let after = Number(state.after_key ?? 0);
    if (state.after_key === null)
      await batch([['INSERT INTO vector_catch_up (singleton, after_key, mixed) VALUES (1, 0, 0)']]);
    for (let slice = 0; slice < slices; slice++) {
      const rows = await read(SELECT_VECTORS, [after, SLICE]);
      const last = rows.at(-1);
      if (last === undefined) {
        await index.apply({ upserts: [], removals: [], generation: Number(state.generation) });
        await batch([['DELETE FROM vector_catch_up']]);
        return 0;
      }
      const upserts = rows.map(({ id, document_id: documentId, vector }) => ({
        passageId: String(id),
        documentId: String(documentId),
        vector: unpackVector(vector as ArrayBuffer),
      }));
      // The generation counts once all of them are in.
      await index.apply({ upserts, removals: [], generation: 0 });
      after = Number(last.key);
      await batch([['UPDATE vector_catch_up SET after_key = ?1', [after]]]);
    }
    const [left] = await read(SELECT_LEFT, [after]);
    return Number(left?.count);
  };
}
