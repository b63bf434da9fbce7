import { afterAll, describe, expect, test } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { openTestPostgres, type TestPostgres } from '../../testing/postgres.ts';
import { commitSamples, SAMPLE_IDENTITY, sampleDocument, sampleVector } from '../../testing/sample-index.ts';
import { vectorIndexConformance } from '../../testing/vector-index-conformance.ts';
import { openPgvectorIndex } from './pgvector-index.ts';
import { openPostgresPassageStore } from './postgres-passage-store.ts';

const postgres: TestPostgres = await openTestPostgres();
afterAll(() => postgres.close());

async function openEmpty(dimensions = SAMPLE_IDENTITY.dimensions) {
  const pool = await postgres.emptyPool();
  const store = await openPostgresPassageStore({ pool, analyser: STEM_ANALYSER });
  return { pool, store, index: await openPgvectorIndex({ pool, store, dimensions }) };
}

const why = postgres.vectors ? '' : ' (skipped: this Postgres has no pgvector)';

describe.skipIf(!postgres.vectors)(`pgvector${why}`, () => {
  vectorIndexConformance('pgvector', async (dimensions) => (await openEmpty(dimensions)).index);

  test('catches up with commits that nobody told it of: added, removed and embedded anew', async () => {
    const { pool, store, index } = await openEmpty();
    const texts = Array.from({ length: 40 }, (_, at) => `Passage ${at}.`);
    await commitSamples(store, [sampleDocument('a', texts), sampleDocument('b', ['Gone soon.'])]);
    await index.refresh();
    const all = { vector: sampleVector(1), limit: 100 };
    expect(await index.search(all)).toHaveLength(41);
    await commitSamples(store, [sampleDocument('a', texts, { title: 'Anew' })], ['doc_b']);
    const again = await openPgvectorIndex({ pool, store, dimensions: 16 });
    expect(await again.search(all)).toHaveLength(40);
    // Read first, since PGlite's one connection is taken while they are read.
    const stored: VectorRecord[] = [];
    for await (const batch of store.vectors()) stored.push(...batch);
    expect(stored).toHaveLength(40);
    for (const { passageId, vector } of stored) {
      const [best] = await index.search({ vector, limit: 1 });
      expect(best).toEqual({ passageId, score: expect.closeTo(1, 5) });
    }
  });

  test('begins anew when an embedder of another size has rebuilt the store', async () => {
    const { pool, store } = await openEmpty();
    await commitSamples(store, [sampleDocument('a', ['One.'])]);
    await openPgvectorIndex({ pool, store, dimensions: 16 });
    await commitSamples(store, [], ['doc_a']);
    const other = await openPgvectorIndex({ pool, store, dimensions: 8 });
    const upserts = [{ passageId: 'psg_1', documentId: 'doc_1', vector: sampleVector(3, 8) }];
    await other.apply({ upserts, removals: [], generation: 3 });
    expect(await other.search({ vector: sampleVector(3, 8), limit: 5 })).toHaveLength(1);
  });

  test('finds by its graph what an exact comparison finds', async () => {
    const { pool, index } = await openEmpty();
    const upserts = Array.from({ length: 1_000 }, (_, at) => ({
      ...{ passageId: `psg_${at}`, documentId: `doc_${at % 20}` },
      vector: sampleVector(at),
    }));
    await index.apply({ upserts, removals: [], generation: 1 });
    // Few vectors are compared one by one, unless it is told not to.
    await pool.query('SET enable_seqscan = off');
    const query = sampleVector(5_000);
    const { rows } = await pool.query(
      `EXPLAIN SELECT passage_id FROM passage_vectors ORDER BY embedding <#> '[${query}]'::vector LIMIT 10`,
    );
    expect(JSON.stringify(rows)).toContain('passage_vectors_graph');
    const found = await index.search({ vector: query, limit: 10 });
    const scores = upserts.map(({ vector }) =>
      vector.reduce((sum, number, at) => sum + number * (query[at] ?? 0), 0),
    );
    const best = scores.toSorted((a, b) => b - a).slice(0, 10);
    const recalled = found.filter(({ score }) => score >= (best.at(-1) ?? 1) - 1e-5);
    expect(recalled.length).toBeGreaterThanOrEqual(9);
    await pool.query('RESET enable_seqscan');
  }, 60_000);

  test('refuses vectors that are too long for its graphs, saying what to do', async () => {
    await expect(openEmpty(4_001)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('IBID_EMBED_DIMENSIONS'),
    });
  });
});
