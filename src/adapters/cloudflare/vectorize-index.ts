import type { Vectorize, VectorizeVector } from '@cloudflare/workers-types';
import { IbidError, messageOf } from '../../model/errors.ts';
import { assertUnitVector, dotProduct } from '../../model/unit-vector.ts';
import type { VectorChange, VectorIndex, VectorMatch, VectorQuery } from '../../ports/vector-index.ts';
import type { D1Database } from './d1-database.ts';
import { createUnsettledVectors, type UnsettledVectors } from './unsettled-vectors.ts';

/** The part of the Vectorize binding that is used. */
export type VectorizeBinding = Pick<Vectorize, 'query' | 'upsert' | 'deleteByIds' | 'describe'>;

export interface VectorizeIndexOptions {
  readonly vectorize: VectorizeBinding;
  /** Keeps what Vectorize does not show yet. */
  readonly database: D1Database;
  readonly dimensions: number;
  /** The corpus: several may share one index. At most 64 bytes. */
  readonly namespace: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface VectorizeIndex extends VectorIndex {
  /** Sends what an interrupted change left behind, and forgets what Vectorize shows by now; gives how many it does not show. */
  settle(): Promise<number>;
}

/** https://developers.cloudflare.com/vectorize/platform/limits/ */
const MOST_MATCHES = 100;
/** The same when metadata comes along. */
const MOST_MATCHES_WITH_METADATA = 20;
const MOST_ID_BYTES = 64;
/** Vectors a call: Vectorize takes 1,000 of them, but a Worker's memory holds their JSON as well. */
const BATCH = 500;
/** A filter may have 2,048 bytes: so many document ids of ours fit. */
const MOST_FILTER_BYTES = 2_000;
/** Filters asked for at once, some 3,000 documents; of more, the nearest of all are sifted. */
const MOST_FILTERS = 40;

/**
 * Nearest passages by Vectorize. Vectors lie in a namespace with the document's id as metadata, which needs a metadata index on
 * `documentId` made before the first vector; texts stay in D1. Vectorize shows a change after seconds: until then D1 keeps its
 * vectors, and a search compares with them itself, so that what was committed is found at once and what was removed no more.
 */
export function createVectorizeIndex(options: VectorizeIndexOptions): VectorizeIndex {
  const { vectorize, database, dimensions, now } = options;
  const unsettled = createUnsettledVectors({ database, vectorize, now });

  return {
    async search(query) {
      assertUnitVector(query.vector, dimensions, 'the query');
      if (query.limit < 1 || query.documentIds?.size === 0) return [];
      const recent = await unsettled.load();
      // What changed since takes places among the matches.
      const wanted = Math.min(MOST_MATCHES, query.limit + recent.length);
      const found = await ask(options, query, wanted);
      return merge(found, recent, query);
    },
    async apply(change) {
      check(change, dimensions);
      await unsettled.add(change);
      await send(options, unsettled);
    },
    async settle() {
      await send(options, unsettled);
      return unsettled.forgetShown();
    },
  };
}

function check({ upserts }: VectorChange, dimensions: number): void {
  for (const { vector, passageId } of upserts) {
    assertUnitVector(vector, dimensions, passageId);
    if (new TextEncoder().encode(passageId).length > MOST_ID_BYTES) {
      throw new IbidError(
        'internal',
        `The passage id ${passageId} is longer than Vectorize takes. Report this.`,
      );
    }
  }
}

/** Sends what was not sent yet, batch by batch; each batch is marked as sent before the next. */
async function send(
  { vectorize, namespace }: VectorizeIndexOptions,
  unsettled: UnsettledVectors,
): Promise<void> {
  for (let batch = await unsettled.unsent(BATCH); batch.length > 0; batch = await unsettled.unsent(BATCH)) {
    const upserts = batch.flatMap(({ passageId, documentId, vector }): VectorizeVector[] =>
      vector && documentId !== undefined
        ? [{ id: passageId, namespace, values: vector, metadata: { documentId } }]
        : [],
    );
    const removals = batch.flatMap(({ passageId, vector }) => (vector ? [] : [passageId]));
    const parts = [
      { ids: upserts.map(({ id }) => id), call: () => vectorize.upsert(upserts) },
      { ids: removals, call: () => vectorize.deleteByIds(removals) },
    ];
    for (const { ids, call } of parts) {
      if (ids.length === 0) continue;
      const { mutationId } = await told(call);
      await unsettled.markSent(ids, mutationId);
    }
  }
}

async function ask(
  options: VectorizeIndexOptions,
  { vector, documentIds }: VectorQuery,
  topK: number,
): Promise<VectorMatch[]> {
  const filters = documentIds && filtersOf(documentIds);
  const sift = filters !== undefined && filters.length > MOST_FILTERS;
  const plain = { topK: sift ? MOST_MATCHES_WITH_METADATA : topK, namespace: options.namespace };
  const queries =
    filters && !sift ? filters.map((ids) => ({ ...plain, filter: { documentId: { $in: ids } } })) : [plain];
  const returned = sift ? { returnMetadata: 'indexed' as const } : { returnMetadata: 'none' as const };
  const answers = await Promise.all(
    queries.map((query) => told(() => options.vectorize.query(vector, { ...query, ...returned }))),
  );
  return answers.flatMap(({ matches }) =>
    matches
      .filter(({ metadata }) => !sift || documentIds?.has(String(metadata?.documentId)))
      .map(({ id, score }) => ({ passageId: id, score })),
  );
}

/** Document ids in groups that each fit a filter. */
function filtersOf(documentIds: ReadonlySet<string>): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const id of documentIds) {
    const bytes = JSON.stringify(id).length + 1;
    if (bytes > room) {
      groups.push([]);
      room = MOST_FILTER_BYTES - '{"documentId":{"$in":[]}}'.length;
    }
    groups.at(-1)?.push(id);
    room -= bytes;
  }
  return groups;
}

/** What changed lately counts as D1 has it, whatever Vectorize shows of it. */
function merge(
  found: readonly VectorMatch[],
  recent: Awaited<ReturnType<UnsettledVectors['load']>>,
  { vector, limit, documentIds }: VectorQuery,
): VectorMatch[] {
  const changed = new Set(recent.map(({ passageId }) => passageId));
  const scored = recent.flatMap((one): VectorMatch[] => {
    const wanted = one.vector && one.documentId !== undefined && (documentIds?.has(one.documentId) ?? true);
    if (!wanted || !one.vector) return [];
    return [{ passageId: one.passageId, score: dotProduct(vector, 0, one.vector, 0, vector.length) }];
  });
  return [...found.filter(({ passageId }) => !changed.has(passageId)), ...scored]
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

async function told<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const message = `Vectorize reported: ${messageOf(error)}. Check that the index has the model's dimensions, the metric cosine and a metadata index on documentId.`;
    throw new IbidError('embedder_failed', message, { cause: error });
  }
}
