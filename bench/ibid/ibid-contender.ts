import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../../eval/run/progress.ts';
import { createMiniLmEmbedder } from '../../src/adapters/minilm/minilm-embedder.ts';
import { indexIdentity } from '../../src/ingest/ingest.ts';
import type { IbidContender, IbidIngestTiming, Slice } from '../contender/contender.ts';
import { timeEach } from '../statistics/time-each.ts';
import type { BenchText } from '../text/bench-text.ts';
import { askOnce } from './ask-once.ts';
import { documentSource } from './document-source.ts';
import { measureRecall } from './measure-recall.ts';
import { type Ibid, openIbid } from './open-ibid.ts';

/** Where the embedding graph, written once, is kept from run to run. */
const GRAPHS = join('.cache', 'bench', 'graphs');

interface IbidContenderOptions {
  readonly text: BenchText;
  readonly precision: 'fp32' | 'int8';
  readonly dataFolder: string;
  readonly onProgress: Progress;
}

/** Ibid as its users run it, with one embedder for all that this process does; the index is opened when first used. */
export function createIbidContender(options: IbidContenderOptions): IbidContender {
  const embedder = createMiniLmEmbedder({ cacheDirectory: GRAPHS, precision: options.precision });
  let opened: Promise<Ibid> | undefined;
  const open = () => {
    opened ??= openIbid(options.dataFolder, embedder);
    return opened;
  };

  async function ingest(ibid: Ibid, { from, count }: Slice): Promise<IbidIngestTiming> {
    const source = documentSource(await options.text.documents(from, count));
    const before = embedder.statistics().runMilliseconds;
    const begun = performance.now();
    await ibid.ingest(source, { onProgress: ({ done, total }) => options.onProgress(done, total) });
    const elapsed = performance.now() - begun;
    const { runMilliseconds, workers } = embedder.statistics();
    const { passages } = await ibid.store.countDocuments();
    return { elapsed, passages, inRuntime: runMilliseconds - before, workers };
  }

  return {
    async embed(texts) {
      const inputs = texts.map((text) => ({ context: '', text, sentences: [] }));
      const embeddings = await embedder.embedPassages(inputs);
      return embeddings.map(({ vector }) => Array.from(vector));
    },
    async ingestAside(slice) {
      const folder = mkdtempSync(join(tmpdir(), 'ibid-bench-'));
      const ibid = await openIbid(folder, embedder);
      try {
        return await ingest(ibid, slice);
      } finally {
        await ibid.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    ingest: async (slice) => ingest(await open(), slice),
    async search(questions) {
      const { search } = await open();
      return timeEach(questions, (query) => search({ query, limit: 4 }));
    },
    async ask(questions) {
      const { ask } = await open();
      let answered = 0;
      const milliseconds = await timeEach(questions, async (question) => {
        if ((await askOnce(ask, question)) === 'answered') answered += 1;
      });
      return { milliseconds, answered };
    },
    countPassages: async () => (await (await open()).store.countDocuments()).passages,
    indexIdentity: async () => Object.values(indexIdentity(embedder)).join('/'),
    async passages() {
      const { store } = await open();
      const filled = [];
      for await (const records of store.vectors()) {
        const stored = await store.getPassages(records.map((record) => record.passageId));
        for (const { passage, embedding } of stored)
          filled.push({ text: passage.text, vector: embedding.vector });
      }
      return filled;
    },
    recall: async (asked) => measureRecall(await open(), embedder, asked),
    residentMemory: async () => process.memoryUsage().rss,
  };
}
