import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AssembledIbid, assembleIbid } from '../testing/assemble.ts';
import { createFakeEmbedder } from '../testing/fake-embedder.ts';
import { type Candidate, type RetrieveDeps, retrieve } from './retrieve.ts';
import { createSearch } from './search.ts';

const FILES = {
  'owls.md': '---\nkind: bird\nyear: 2020\ntags: [night, barn]\n---\n# Owls\n\nOwls nest in the old barn.',
  'copy.txt': 'OWLS — nest in: the old barn!',
  'ferry.md': '---\nkind: ship\n---\n# Ferry\n\nThe ferry leaves the harbour at nine.',
  'bread.txt': 'Bread rises in a warm place.',
};

let ibid: AssembledIbid;
beforeAll(async () => {
  ibid = await assembleIbid({ embedder: createFakeEmbedder({ dimensions: 512 }) });
  await ibid.ingest(FILES);
});
afterAll(() => ibid[Symbol.asyncDispose]());

const urisOf = (candidates: readonly Candidate[]) => candidates.map(({ stored }) => stored.documentUri);

/** An index that finds nothing, as the graph may where vectors are far apart. */
const blind = (deps: RetrieveDeps): RetrieveDeps => ({
  ...deps,
  index: { search: async () => [], apply: async () => {} },
});

describe('Retrieval', () => {
  it('finds the passage that says it first, best first, with scores in [0, 1]', async () => {
    const { candidates, queryVector, degraded } = await retrieve(ibid.deps, {
      limit: 10,
      query: 'When does the ferry leave?',
    });
    expect(urisOf(candidates)[0]).toBe('ferry.md');
    expect(degraded).toBeUndefined();
    expect(queryVector).toHaveLength(512);
    const scores = candidates.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });

  it('says of each passage how it was found', async () => {
    const { candidates } = await retrieve(ibid.deps, { limit: 10, query: 'ferry' });
    const via = Object.fromEntries(candidates.map((one) => [one.stored.documentUri, one.via]));
    expect(via).toMatchObject({ 'ferry.md': 'both', 'bread.txt': 'vector' });
    const byText = await retrieve(blind(ibid.deps), { limit: 10, query: 'ferry' });
    expect(byText.candidates.map((one) => one.via)).toEqual(['text']);
  });

  it('gives the true cosine also to what full text alone found', async () => {
    const { candidates } = await retrieve(ibid.deps, { limit: 10, query: 'ferry harbour' });
    const [alone] = (await retrieve(blind(ibid.deps), { limit: 10, query: 'ferry harbour' })).candidates;
    expect(alone?.cosine).toBeGreaterThan(0.2);
    expect(alone?.cosine).toBeCloseTo(candidates[0]?.cosine ?? 0, 6);
    expect(alone?.lexical).toBe(1);
  });

  it('ranks by all wordings of a question, and measures against the first', async () => {
    const query = 'Where do owls nest?';
    const alongside = ['When does the ferry leave?', 'When does the ferry leave the harbour?'];
    const alone = await retrieve(ibid.deps, { limit: 10, query });
    const together = await retrieve(ibid.deps, { limit: 10, query, alongside });
    expect(urisOf(alone.candidates)[0]).not.toBe('ferry.md');
    expect(urisOf(together.candidates)[0]).toBe('ferry.md');
    expect(together.queryVector).toEqual(alone.queryVector);
    const cosineOf = ({ candidates }: typeof alone) =>
      candidates.find(({ stored }) => stored.documentUri === 'ferry.md')?.cosine ?? 0;
    expect(cosineOf(together)).toBeCloseTo(cosineOf(alone), 6);
    expect(together.candidates.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
  });

  it('keeps one of the passages that say the same words', async () => {
    const { candidates } = await retrieve(ibid.deps, { limit: 10, query: 'Where do owls nest?' });
    expect(urisOf(candidates).filter((uri) => /owls|copy/.test(uri))).toHaveLength(1);
    expect(candidates).toHaveLength(3);
  });

  it('looks only into documents that a filter lets through', async () => {
    const among = async (filter: Parameters<typeof retrieve>[1]['filter'] & object) =>
      urisOf((await retrieve(ibid.deps, { limit: 10, query: 'owls ferry bread', filter })).candidates).sort();
    expect(await among({ kind: 'bird' })).toEqual(['owls.md']);
    expect(await among({ kind: ['bird', 'ship'] })).toEqual(['ferry.md', 'owls.md']);
    expect(await among({ tags: 'barn', year: 2020 })).toEqual(['owls.md']);
    expect(await among({ kind: 'ship', year: 2020 })).toEqual([]);
  });

  it('asks neither embedder nor index when no document passes the filter', async () => {
    const embedder = createFakeEmbedder({ dimensions: 512 });
    const found = await retrieve(
      { ...ibid.deps, embedder },
      { limit: 10, query: 'owls', filter: { kind: 'tree' } },
    );
    expect(found).toEqual({ candidates: [] });
    expect(embedder.calls).toEqual([]);
  });

  it.each([
    ['the embedder', { embedder: createFakeEmbedder({ failure: new Error('out of memory') }) }],
    [
      'the index',
      { index: { search: () => Promise.reject(new Error('out of memory')), apply: async () => {} } },
    ],
  ])('falls back to full text when %s fails, and says so', async (_, broken) => {
    const found = await retrieve({ ...ibid.deps, ...broken }, { limit: 10, query: 'owls nest' });
    expect(found.degraded).toMatch(/full text alone answered/);
    expect(found.degraded).not.toContain('out of memory');
    expect(found.queryVector).toBeUndefined();
    expect(urisOf(found.candidates)).toHaveLength(1);
    expect(found.candidates[0]).toMatchObject({ via: 'text', cosine: 0, score: 1 });
  });
});

describe('Search', () => {
  it('gives ten hits unless told otherwise, each as the outside sees it', async () => {
    const search = createSearch(ibid.deps);
    const { hits } = await search({ query: 'ferry', limit: 1 });
    expect(hits).toEqual([
      {
        passage: expect.objectContaining({
          text: 'The ferry leaves the harbour at nine.',
          headings: ['Ferry'],
        }),
        documentTitle: 'Ferry',
        documentUri: 'ferry.md',
        score: expect.any(Number),
        via: 'both',
      },
    ]);
    const lines = Array.from({ length: 14 }, (_, i) => [`n${i}.txt`, `Owl number ${i} hunts.`]);
    await using many = await assembleIbid();
    await many.ingest(Object.fromEntries(lines));
    expect((await many.search({ query: 'owl' })).hits).toHaveLength(10);
    expect((await many.search({ query: 'owl', limit: 50 })).hits).toHaveLength(14);
  });
});
