import { dotProduct } from '../../src/model/unit-vector.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { PassageStore } from '../../src/ports/passage-store.ts';
import type { VectorIndex, VectorMatch } from '../../src/ports/vector-index.ts';

/** Scores of the same pair from two implementations differ by less. */
const EPSILON = 1e-5;

/**
 * Recall of a vector index: the share of its matches that are as near as the exact `limit` nearest, which are found by
 * looking at every vector of the store. As in ANN-Benchmarks (Aumüller et al., 2018), nearness counts and not identity,
 * because passages may be equally near.
 */
export async function measureRecall(
  { store, index }: { readonly store: Pick<PassageStore, 'vectors'>; readonly index: VectorIndex },
  embedder: Pick<Embedder, 'embedQuery'>,
  { questions, limit }: { readonly questions: readonly string[]; readonly limit: number },
): Promise<number> {
  const asked = await Promise.all(
    questions.map(async (question) => ({
      vector: await embedder.embedQuery(question),
      nearest: [] as VectorMatch[],
    })),
  );
  for await (const records of store.vectors()) {
    for (const query of asked) {
      const matches = records.map(({ passageId, vector }) => ({
        passageId,
        score: dotProduct(query.vector, 0, vector, 0, vector.length),
      }));
      query.nearest = [...query.nearest, ...matches].sort((a, b) => b.score - a.score).slice(0, limit);
    }
  }
  let found = 0;
  let wanted = 0;
  for (const { vector, nearest } of asked) {
    const furthest = nearest.at(-1)?.score ?? 1;
    const matches = await index.search({ vector, limit });
    found += matches.filter((match) => match.score >= furthest - EPSILON).length;
    wanted += nearest.length;
  }
  return wanted === 0 ? 1 : found / wanted;
}
