import type { IndexIdentity } from '../../model/manifest.ts';
import type { PassageEmbedding } from '../../ports/embedder.ts';
import { packEmbedding } from '../sql/pack-embedding.ts';
import { SELECT_GENERATION } from '../sql/passage-queries.ts';
import type { D1Database, Statement } from './d1-database.ts';
import { guardOf } from './d1-guard.ts';

/** A passage that has no embedding of the new model yet. */
export interface WaitingPassage {
  readonly key: number;
  readonly passageId: string;
}

/**
 * Embeddings of another model, gathered beside those of the index, which then changes over to them at once. While the index is of
 * another model nothing can be committed, so that its passages stay as they are.
 */
export interface EmbeddingAnew {
  /** Forgets what was gathered for another model than this one. */
  begin(identity: IndexIdentity): Promise<void>;
  left(): Promise<number>;
  next(limit: number): Promise<readonly WaitingPassage[]>;
  keep(gathered: readonly Gathered[]): Promise<void>;
  /** One batch: all passages take their new embeddings, and the index is of `identity`. Rejects with `index_busy` when one lacks its own. */
  changeOver(identity: IndexIdentity): Promise<void>;
  /** Deletes some embeddings that the change has left unused; to be called now and then while the index is of one model. */
  tidy(): Promise<void>;
}

interface Gathered {
  readonly key: number;
  readonly embeddingKey: string;
  readonly embedding: PassageEmbedding;
}

const WAITING = 'FROM passages WHERE key > (SELECT coalesce(max(passage_key), 0) FROM passages_anew)';

/** Of those that were gathered. */
const DROP_GATHERED = `DELETE FROM embeddings WHERE key IN (SELECT embedding_key FROM passages_anew)
  AND NOT EXISTS (SELECT 1 FROM passages WHERE embedding_key = embeddings.key)`;

const TAKE_NEW = `UPDATE passages SET embedding_key =
  (SELECT a.embedding_key FROM passages_anew AS a WHERE a.passage_key = passages.key)`;

const TIDIED_AT_ONCE = 10_000;
const DROP_UNUSED = `DELETE FROM embeddings WHERE id IN (
    SELECT e.id FROM embeddings AS e WHERE NOT EXISTS (SELECT 1 FROM passages WHERE embedding_key = e.key)
      AND NOT EXISTS (SELECT 1 FROM loose_embeddings WHERE key = e.key) ORDER BY e.id LIMIT ?1
  ) RETURNING id`;

export function createEmbeddingAnew({ read, batch, transact }: D1Database): EmbeddingAnew {
  return {
    async begin({ embedderId, pooling, dimensions }) {
      const embedder = `${embedderId} ${pooling} ${dimensions}`;
      const [kept] = await read('SELECT embedder FROM embedding_anew');
      if (kept?.embedder === embedder) return;
      await batch([
        [DROP_GATHERED],
        ['DELETE FROM passages_anew'],
        ['INSERT OR REPLACE INTO embedding_anew (singleton, embedder) VALUES (1, ?1)', [embedder]],
      ]);
    },
    left: async () => Number((await read(`SELECT count(*) AS count ${WAITING}`))[0]?.count),
    next: async (limit) =>
      (await read(`SELECT key, id ${WAITING} ORDER BY key LIMIT ?1`, [limit])).map(({ key, id }) => ({
        key: Number(key),
        passageId: String(id),
      })),
    keep: (gathered) =>
      transact([], async ({ insert }) => {
        const packed = gathered.map(({ embeddingKey, embedding }) => {
          const { vector, sentences } = packEmbedding(embedding);
          return [embeddingKey, vector, sentences];
        });
        const keys = gathered.map(({ key, embeddingKey }) => [key, embeddingKey]);
        const once = 'ON CONFLICT (key) DO NOTHING';
        await insert('INSERT INTO embeddings (key, vector, sentences)', packed, once);
        await insert('INSERT OR REPLACE INTO passages_anew (passage_key, embedding_key)', keys);
      }),
    async changeOver(identity) {
      const [before] = await read(SELECT_GENERATION);
      await batch([
        guardOf(SELECT_GENERATION, Number(before?.generation)),
        guardOf(`SELECT count(*) ${WAITING}`, 0),
        [TAKE_NEW],
        toManifest(identity),
        ['DELETE FROM passages_anew'],
        // Of the model before; what is to be forgotten stays so.
        ['DELETE FROM unsettled_vectors WHERE vector IS NOT NULL'],
        ['INSERT OR REPLACE INTO vector_catch_up (singleton, after_key, mixed) VALUES (1, 0, 1)'],
      ]);
    },
    async tidy() {
      const [begun] = await read('SELECT 1 FROM embedding_anew');
      if (begun === undefined) return;
      const [dropped = []] = await batch([[DROP_UNUSED, [TIDIED_AT_ONCE]], ['DELETE FROM passages_anew']]);
      if (dropped.length < TIDIED_AT_ONCE) await batch([['DELETE FROM embedding_anew']]);
    },
  };
}

function toManifest({ embedderId, dimensions, pooling }: IndexIdentity): Statement {
  return [
    'UPDATE manifest SET embedder_id = ?1, dimensions = ?2, pooling = ?3, generation = generation + 1',
    [embedderId, dimensions, pooling],
  ];
}
