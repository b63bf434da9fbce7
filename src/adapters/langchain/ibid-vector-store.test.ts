import { RunnableLambda } from '@langchain/core/runnables';
import { describe, expect, test } from 'vitest';
import type { Hit } from '../../model/passage.ts';
import type { PassageStore, StoredPassage } from '../../ports/passage-store.ts';
import { createFakeEmbedder } from '../../testing/fake-embedder.ts';
import { sampleDocument } from '../../testing/sample-index.ts';
import { IbidRetriever } from './ibid-retriever.ts';
import { IbidVectorStore } from './ibid-vector-store.ts';

const SAMPLES = [
  sampleDocument('owls.md', ['Owls hunt at night.', 'Owls nest in old barns.'], {
    title: 'Owls',
    headings: ['Birds'],
  }),
  sampleDocument('bread.md', ['Bread rises in a warm place.'], { title: 'Bread', page: 3 }),
];

async function makeStore(): Promise<IbidVectorStore> {
  const embedder = createFakeEmbedder();
  const stored: StoredPassage[] = [];
  for (const { document, passages } of SAMPLES) {
    for (const passage of passages) {
      const [embedding] = await embedder.embedPassages([{ context: '', text: passage.text, sentences: [] }]);
      if (embedding) {
        stored.push({ passage, documentTitle: document.title, documentUri: document.uri, embedding });
      }
    }
  }
  const store = {
    matchDocuments: async ({ title }: { title: string }) =>
      new Set(SAMPLES.filter(({ document }) => document.title === title).map(({ document }) => document.id)),
    getPassages: async (ids: readonly string[]) =>
      ids.flatMap((id) => stored.filter(({ passage }) => passage.id === id)),
  } as unknown as PassageStore;
  const index = {
    async search({
      vector,
      limit,
      documentIds,
    }: {
      vector: Float32Array;
      limit: number;
      documentIds?: Set<string>;
    }) {
      return stored
        .filter(({ passage }) => documentIds?.has(passage.documentId) ?? true)
        .map(({ passage, embedding }) => ({
          passageId: passage.id,
          score: embedding.vector.reduce((sum, number, at) => sum + number * (vector[at] ?? 0), 0),
        }))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },
    apply: async () => {},
  };
  return new IbidVectorStore({ embedder, index, store });
}

describe('The LangChain vector store', () => {
  test('returns documents whose metadata says where they stand', async () => {
    const [best] = await (await makeStore()).similaritySearchWithScore('when do owls hunt at night', 2);
    const [document, score] = best ?? [];
    expect(document?.pageContent).toBe('Owls hunt at night.');
    expect(document?.metadata).toMatchObject({
      ...{ documentId: 'doc_owls.md', uri: 'owls.md', title: 'Owls', headings: ['Birds'], start: 0, end: 19 },
    });
    expect(document?.id).toBe(document?.metadata.passageId);
    expect(score).toBeGreaterThan(0.5);
    expect(score).toBeLessThanOrEqual(1.0001);
  });

  test('stands in a chain as a retriever, with a filter', async () => {
    const retriever = (await makeStore()).asRetriever({ k: 3, filter: { title: 'Bread' } });
    const chain = retriever.pipe(
      RunnableLambda.from((found: { metadata: Record<string, unknown> }[]) =>
        found.map(({ metadata }) => metadata.page),
      ),
    );
    expect(await chain.invoke('owls hunt at night')).toEqual([3]);
  });

  test('says where documents come from instead of taking them', async () => {
    const store = await makeStore();
    await expect(store.addDocuments()).rejects.toMatchObject({ code: 'bad_request' });
    await expect(store.addVectors()).rejects.toThrow('npx ibid ingest');
    await expect(store.delete()).rejects.toThrow('npx ibid ingest');
  });
});

describe('The LangChain retriever', () => {
  test('hands on query, limit and filter, and returns the hits in order', async () => {
    const asked: unknown[] = [];
    const hits = SAMPLES.flatMap(({ document, passages }) =>
      passages.map(
        (passage): Hit => ({
          ...{ passage, documentTitle: document.title, documentUri: document.uri, score: 0.5, via: 'both' },
        }),
      ),
    );
    const retriever = new IbidRetriever({
      search: async (request) => {
        asked.push(request);
        return { hits };
      },
      k: 3,
      filter: { title: 'Owls' },
    });
    const found = await retriever.invoke('where do owls nest');
    expect(asked).toEqual([{ query: 'where do owls nest', limit: 3, filter: { title: 'Owls' } }]);
    expect(found.map(({ pageContent }) => pageContent)).toEqual(hits.map(({ passage }) => passage.text));
    expect(found[2]?.metadata).toMatchObject({ page: 3, score: 0.5, uri: 'bread.md' });
  });
});
