import type { Embedder, PassageEmbedding } from '../ports/embedder.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import type { KeyedInput } from './prepare.ts';

/** Passages a batch: one durable write, the work that a crash may lose, and enough to find texts of equal length. */
const BATCH = 512;
/** So many will do while the embedder has nothing else to do. */
const LEAST = 32;
/** While one batch is being stored, the next is already with the embedder. */
const IN_FLIGHT = 2;

export interface EmbedQueue {
  /** Takes inputs in; those whose embeddings are cached cost a look-up. Embedding goes on meanwhile. */
  add(inputs: readonly KeyedInput[]): Promise<void>;
  /** Resolves when everything is embedded and cached; rejects with the first fault, when nothing runs any more. */
  finish(): Promise<void>;
  readonly counts: { readonly total: number; readonly embedded: number; readonly reused: number };
}

/** Embeds batch by batch and caches each batch at once; no vector is held longer than that. */
export function createEmbedQueue(options: {
  readonly store: PassageStore;
  readonly embedder: Embedder;
  readonly signal?: AbortSignal;
  readonly onBatch?: () => void;
}): EmbedQueue {
  const { store, embedder, signal, onBatch } = options;
  const counts = { total: 0, embedded: 0, reused: 0 };
  const known = new Set<string>();
  const unsure: KeyedInput[] = [];
  const waiting: KeyedInput[] = [];
  const running = new Set<Promise<void>>();
  const faults: unknown[] = [];
  let last = false;

  const embedBatch = async (batch: readonly KeyedInput[]): Promise<void> => {
    const embeddings = await embedder.embedPassages(batch.map(({ input }) => input));
    await store.cacheEmbeddings(zip(batch, embeddings));
    counts.embedded += batch.length;
    onBatch?.();
  };

  const enough = (): number => {
    if (last) return 1;
    return running.size === 0 ? LEAST : BATCH;
  };

  const pump = (): void => {
    while (running.size < IN_FLIGHT && waiting.length >= enough()) {
      if (faults.length > 0 || signal?.aborted) return;
      const work: Promise<void> = embedBatch(waiting.splice(0, BATCH))
        .catch((error: unknown) => {
          faults.push(error);
        })
        .finally(() => {
          running.delete(work);
          pump();
        });
      running.add(work);
    }
  };

  /** Looks up which of the inputs are cached already and queues the others. */
  const sift = async (): Promise<void> => {
    const inputs = unsure.splice(0);
    const cached = await store.cachedEmbeddings(inputs.map(({ key }) => key));
    for (const input of inputs) {
      if (cached.has(input.key)) counts.reused++;
      else waiting.push(input);
    }
    pump();
  };

  const throwFault = (): void => {
    if (faults.length > 0) throw faults[0];
    signal?.throwIfAborted();
  };

  return {
    counts,
    async add(inputs) {
      throwFault();
      counts.total += inputs.length;
      for (const input of inputs) {
        if (known.has(input.key)) counts.reused++;
        else unsure.push(input);
        known.add(input.key);
      }
      if (unsure.length >= LEAST) await sift();
    },
    async finish() {
      last = true;
      if (unsure.length > 0 && faults.length === 0 && !signal?.aborted) await sift();
      else pump();
      while (running.size > 0) await Promise.race(running);
      throwFault();
    },
  };
}

function zip(
  batch: readonly KeyedInput[],
  embeddings: readonly PassageEmbedding[],
): Map<string, PassageEmbedding> {
  const entries = new Map<string, PassageEmbedding>();
  batch.forEach(({ key }, index) => {
    const embedding = embeddings[index];
    if (embedding) entries.set(key, embedding);
  });
  return entries;
}
