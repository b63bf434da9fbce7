import type { VectorizeVector } from '@cloudflare/workers-types';
import type { VectorizeBinding } from '../adapters/cloudflare/vectorize-index.ts';

export interface FakeVectorize extends VectorizeBinding {
  /** Calls of each kind, in order. */
  readonly calls: readonly string[];
}

interface Mutation {
  readonly id: string;
  readonly at: number;
  readonly apply: () => void;
}

/**
 * Vectorize as it is documented: its limits are errors here, a change shows after `delayMs`, metadata filters need the index that
 * `indexed` names. https://developers.cloudflare.com/vectorize/platform/limits/
 */
export function createFakeVectorize(options: {
  readonly dimensions: number;
  readonly now: () => number;
  readonly delayMs?: number;
  readonly indexed?: readonly string[];
}): FakeVectorize {
  const { dimensions, now, delayMs = 0, indexed = ['documentId'] } = options;
  const shown = new Map<string, VectorizeVector>();
  const calls: string[] = [];
  let waiting: Mutation[] = [];
  let last: Mutation | undefined;

  function show(): void {
    for (const mutation of waiting.filter(({ at }) => at + delayMs <= now())) {
      mutation.apply();
      last = mutation;
    }
    waiting = waiting.filter(({ at }) => at + delayMs > now());
  }

  function mutate(apply: () => void) {
    const id = crypto.randomUUID();
    waiting.push({ id, at: now(), apply });
    return Promise.resolve({ mutationId: id });
  }

  return {
    calls,
    async describe() {
      show();
      const info = { vectorCount: shown.size, dimensions, processedUpToMutation: last?.id ?? '' };
      const processedUpToDatetime = new Date(last?.at ?? 0).toISOString();
      return { ...info, processedUpToDatetime } as never;
    },
    async query(vector, given = {}) {
      calls.push('query');
      show();
      const { topK = 5, namespace, returnMetadata = 'none', returnValues = false, filter } = given;
      refuse(vector.length !== dimensions, 'the vector has another dimension');
      refuse(topK < 1 || topK > 100, 'topK must be from 1 to 100');
      refuse(topK > 20 && (returnValues || returnMetadata !== 'none'), 'topK is 20');
      refuse(JSON.stringify(filter ?? {}).length >= 2_048, 'the filter is longer than 2048 bytes');
      for (const key of Object.keys(filter ?? {}))
        refuse(!indexed.includes(key), `${key} has no metadata index`);
      const wanted = (filter as { documentId?: { $in: string[] } } | undefined)?.documentId?.$in;
      const matches = [...shown.values()]
        .filter((one) => one.namespace === namespace)
        .filter(({ metadata }) => !wanted || wanted.includes(String(metadata?.documentId)))
        .map(({ id, values, metadata }) => ({
          id,
          score: [...values].reduce((sum, number, at) => sum + number * (vector[at] ?? 0), 0),
          ...(returnMetadata === 'none' || metadata === undefined ? {} : { metadata }),
        }))
        .sort((a, b) => b.score - a.score)
        .slice(0, topK);
      return { matches, count: matches.length };
    },
    upsert(vectors) {
      calls.push(`upsert ${vectors.length}`);
      refuse(vectors.length === 0 || vectors.length > 1_000, 'a call takes 1 to 1000 vectors');
      for (const { id, values, metadata = {}, namespace = '' } of vectors) {
        refuse(bytesOf(id) > 64, `the id ${id} is longer than 64 bytes`);
        refuse(bytesOf(namespace) > 64, 'the namespace is longer than 64 bytes');
        refuse(values.length !== dimensions, 'a vector has another dimension');
        refuse(
          [...values].some((number) => !Number.isFinite(number)),
          'a vector holds no number',
        );
        refuse(bytesOf(JSON.stringify(metadata)) > 10_240, 'metadata is longer than 10 KiB');
      }
      const copies = vectors.map((one) => ({ ...one, values: Float32Array.from(one.values) }));
      return mutate(() => {
        for (const one of copies) shown.set(one.id, one);
      });
    },
    deleteByIds(ids) {
      calls.push(`delete ${ids.length}`);
      refuse(ids.length === 0 || ids.length > 1_000, 'a call takes 1 to 1000 ids');
      return mutate(() => {
        for (const id of ids) shown.delete(id);
      });
    },
  };
}

function refuse(wrong: boolean, why: string): void {
  if (wrong) throw new Error(`VECTOR_QUERY_ERROR: ${why}`);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
