import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeEmbedder } from '../../src/testing/fake-embedder.ts';
import { openBeir } from '../datasets/beir.ts';
import type { EvalCorpus } from '../datasets/eval-dataset.ts';
import { writeHarbourData } from '../testing/harbour-data.ts';
import { createLangchainSystem } from './langchain.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-langchain-'));
  await writeHarbourData(join(folder, 'data'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open() {
  const embedder = createFakeEmbedder({ dimensions: 256 });
  const system = await createLangchainSystem({
    cacheDirectory: join(folder, 'cache'),
    embedderId: embedder.id,
    openEmbedder: () => ({ ...embedder, close: async () => undefined }),
    warn: () => undefined,
  }).open();
  const { corpora } = await openBeir(join(folder, 'data'));
  await system.index(corpora[0] as EvalCorpus);
  return { system, embedder };
}

it('ranks documents by their best chunk and answers with it, verbatim, its title left out', async () => {
  const { system } = await open();
  const reply = await system.ask({ question: 'How tall is the lighthouse of Corva?', history: [], limit: 5 });
  expect(reply.ranked).toHaveLength(5);
  expect(reply.ranked[0]?.doc_id).toBe('town-2');
  const [citation] = reply.citations;
  const document = await system.document('town-2');
  expect(document?.text.slice(citation?.start, citation?.end)).toBe(citation?.quote);
  expect(citation?.quote).toBe(document?.text);
  expect(reply.confidence).toBeCloseTo(reply.ranked[0]?.score ?? 0, 6);
  await system.close();
});

it('opens the index kept from last time', async () => {
  await (await open()).system.close();
  const { system, embedder } = await open();
  expect(embedder.calls).toEqual([]);
  expect((await system.search('the ferry company of Jorvik', 1))[0]?.doc_id).toBe('town-9');
  await system.close();
});
