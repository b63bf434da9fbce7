import { createExactVectorIndex } from '../adapters/memory/exact-vector-index.ts';
import { IbidError } from '../model/errors.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import type { VectorIndex } from '../ports/vector-index.ts';

/** More vectors than these take too much of a Worker's memory, and too long to read when it starts. */
const MOST_PASSAGES = 10_000;

/** Compares with every vector of the store, which are read once and anew when the store has changed: for small corpora. */
export function followExactly(store: PassageStore, dimensions: number): VectorIndex {
  let kept: { readonly generation: number; readonly index: VectorIndex } | undefined;
  async function current(): Promise<VectorIndex> {
    const generation = (await store.manifest())?.generation ?? 0;
    if (kept?.generation === generation) return kept.index;
    const { passages } = await store.countDocuments();
    if (passages > MOST_PASSAGES) throw tooMany(passages);
    const index = createExactVectorIndex(dimensions);
    for await (const upserts of store.vectors()) await index.apply({ upserts, removals: [], generation });
    // A change meanwhile is noticed at the next search.
    kept = { generation, index };
    return index;
  }
  return {
    search: async (query) => (await current()).search(query),
    // The next search reads what the store holds then.
    apply: async () => {},
  };
}

function tooMany(passages: number): IbidError {
  return new IbidError(
    'index_incompatible',
    `${passages} passages are too many to compare with in a Worker (${MOST_PASSAGES}): bind Vectorize, see docs/cloudflare.md.`,
  );
}
