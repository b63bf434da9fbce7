import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../../eval/run/progress.ts';
import type { BertEmbedder } from '../../src/adapters/bert/bert-embedder.ts';
import { indexIdentity } from '../../src/ingest/ingest.ts';
import type { Ibid } from '../../src/node.ts';
import type { FilledPassage, IbidContender, IbidIngestTiming, Slice } from '../contender/contender.ts';
import { timeEach } from '../statistics/time-each.ts';
import type { BenchText } from '../text/bench-text.ts';
import { askOnce } from './ask-once.ts';
import { documentSource } from './document-source.ts';
import { measureRecall } from './measure-recall.ts';
import { openIn } from './open-in.ts';
import { openSavedGraph } from './open-saved-graph.ts';

interface IbidContenderOptions {
  readonly text: BenchText;
  readonly precision: 'fp32' | 'int8';
  readonly dataFolder: string;
  readonly onProgress: Progress;
}

/** Of many lengths, so that they run one by one and every thread is started for them. */
const WARM_UP = Array.from({ length: 100 }, (_, words) => ({
  context: '',
  text: 'warm '.repeat(words + 1),
  sentences: [],
}));
/** As many as the peers retrieve. */
const TOP = 4;

/** Ibid as its users run it; the index in the data folder is opened when it is first used. */
export function createIbidContender(options: IbidContenderOptions): IbidContender {
  const { text, precision, dataFolder } = options;
  let opened: Promise<Ibid> | undefined;
  const open = () => {
    opened ??= openIn(dataFolder, precision);
    return opened;
  };
  return {
    async embed(texts) {
      const { embedder } = await open();
      const inputs = texts.map((each) => ({ context: '', text: each, sentences: [] }));
      return (await embedder.embedPassages(inputs)).map(({ vector }) => Array.from(vector));
    },
    async ingestAside(slice) {
      const folder = mkdtempSync(join(tmpdir(), 'ibid-bench-'));
      const ibid = await openIn(folder, precision);
      try {
        return await timeIngest(ibid, text, slice);
      } finally {
        await ibid.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    ingest: async (slice) => timeIngest(await open(), text, slice, options.onProgress),
    async search(questions) {
      const { search } = await open();
      return timeEach(questions, (query) => search({ query, limit: TOP }));
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
    indexIdentity: async () => Object.values(indexIdentity((await open()).embedder)).join('/'),
    passages: async () => readPassages(await open()),
    async recall(asked) {
      const { store, embedder } = await open();
      const index = await openSavedGraph(dataFolder, store, embedder.dimensions);
      return measureRecall({ store, index }, embedder, asked);
    },
    residentMemory: async () => process.memoryUsage().rss,
    close: async () => (await opened)?.close(),
  };
}

/** The model is loaded before the clock starts, as are those of the peers. */
async function timeIngest(
  ibid: Ibid,
  text: BenchText,
  { from, count }: Slice,
  onProgress?: Progress,
): Promise<IbidIngestTiming> {
  const source = documentSource(await text.documents(from, count));
  // Opened with the embedded model, which counts what it does.
  const embedder = ibid.embedder as BertEmbedder;
  await embedder.embedQuery('Is the model loaded?');
  await embedder.embedPassages(WARM_UP);
  const { statistics } = embedder;
  const before = statistics().runMilliseconds;
  const begun = performance.now();
  await ibid.ingest(source, {
    onProgress: ({ phase, done, total }) => {
      if (phase === 'embedding' && total > 0) onProgress?.(done, total);
    },
  });
  const elapsed = performance.now() - begun;
  const { runMilliseconds, workers } = statistics();
  const { passages } = await ibid.store.countDocuments();
  return { elapsed, passages, inRuntime: runMilliseconds - before, workers };
}

async function readPassages({ store }: Ibid): Promise<FilledPassage[]> {
  const filled: FilledPassage[] = [];
  for await (const records of store.vectors()) {
    const stored = await store.getPassages(records.map((record) => record.passageId));
    for (const { passage, embedding } of stored)
      filled.push({ text: passage.text, vector: embedding.vector });
  }
  return filled;
}
