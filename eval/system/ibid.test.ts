import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ANSWER_FROM } from '../../src/ask/assess.ts';
import { readExtractively } from '../../src/ask/read.ts';
import { createFakeCrossEncoder } from '../../src/testing/fake-cross-encoder.ts';
import { createFakeEmbedder } from '../../src/testing/fake-embedder.ts';
import { openBeir } from '../datasets/beir.ts';
import type { EvalCorpus } from '../datasets/eval-dataset.ts';
import { writeHarbourData } from '../testing/harbour-data.ts';
import { createIbidSystem } from './ibid.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-system-'));
  await writeHarbourData(join(folder, 'data'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.each([
  { closely: true, reads: 1 },
  { closely: false, reads: 0 },
])('reads closely where it is asked to ($closely)', async ({ closely, reads }) => {
  const embedder = createFakeEmbedder({ dimensions: 256 });
  const crossEncoder = createFakeCrossEncoder((_, sentence) => (sentence.includes('tall') ? 4 : -4));
  const system = await createIbidSystem({
    cacheDirectory: join(folder, 'cache'),
    embedderId: embedder.id,
    openEmbedder: () => ({ ...embedder, close: async () => undefined }),
    warn: () => undefined,
    openCrossEncoder: () => ({
      ...crossEncoder,
      entail: async (_, texts) => texts.map(() => 0),
      close: async () => undefined,
    }),
    reader: { name: 'test', closely, open: async () => ({ read: readExtractively }) },
    threshold: ANSWER_FROM.glanced,
  }).open();
  const { corpora } = await openBeir(join(folder, 'data'));
  await system.index(corpora[0] as EvalCorpus);
  const reply = await system.ask({ question: 'How tall is the lighthouse of Corva?', history: [], limit: 5 });
  expect(reply.ranked[0]?.doc_id).toBe('town-2');
  expect(crossEncoder.calls).toHaveLength(reads);
  await system.close();
});
