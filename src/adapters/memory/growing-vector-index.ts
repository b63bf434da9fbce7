import type { PassageStore } from '../../ports/passage-store.ts';
import type { VectorIndex } from '../../ports/vector-index.ts';

/** A vector index that keeps something to be let go of. */
export interface ClosableVectorIndex extends VectorIndex {
  /** Saves what is not saved yet and lets go of the rest. */
  close(): Promise<void>;
}

export interface GrowingVectorIndexOptions {
  readonly store: PassageStore;
  /** From this many passages on, the graph serves. */
  readonly exactBelow: number;
  /** Makes an empty index for few passages. */
  readonly createSmall: () => VectorIndex;
  /** Opens the index for many passages, up to date with the store. */
  readonly openLarge: () => Promise<ClosableVectorIndex>;
}

/**
 * Searches exactly while passages are few, and by graph from `exactBelow` on.
 * It changes over while it grows: searches are answered by the small index until the large one is built.
 * Having grown it stays large, until it is opened anew.
 */
export async function openGrowingVectorIndex(
  options: GrowingVectorIndexOptions,
): Promise<ClosableVectorIndex> {
  const { store, exactBelow, createSmall, openLarge } = options;
  const isLarge = async () => (await store.countDocuments()).passages >= exactBelow;
  let large = (await isLarge()) ? await openLarge() : undefined;
  let current = large ?? (await filled(store, createSmall()));
  return {
    search: (query) => current.search(query),
    async apply(change) {
      if (!large && (await isLarge())) {
        // The store holds the change already, so the large index is opened with it.
        large = await openLarge();
        current = large;
        return;
      }
      await current.apply(change);
    },
    close: async () => large?.close(),
  };
}

async function filled(store: PassageStore, index: VectorIndex): Promise<VectorIndex> {
  const generation = (await store.manifest())?.generation ?? 0;
  for await (const upserts of store.vectors()) await index.apply({ upserts, removals: [], generation });
  return index;
}
