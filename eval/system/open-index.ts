import { join } from 'node:path';
import { openHnswVectorIndex } from '../../src/adapters/hnswlib/hnsw-vector-index.ts';
import { openLibsqlPassageStore } from '../../src/adapters/libsql/libsql-passage-store.ts';
import { createExactVectorIndex } from '../../src/adapters/memory/exact-vector-index.ts';
import { EXACT_BELOW, openGrowingVectorIndex } from '../../src/adapters/memory/growing-vector-index.ts';
import type { RetrieveDeps } from '../../src/ask/retrieve.ts';
import { STEM_ANALYSER } from '../../src/ask/terms.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { createMutex } from '../../src/ingest/mutex.ts';
import type { DocumentSource } from '../../src/ports/document-source.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { EvalCorpus } from '../datasets/eval-dataset.ts';

export interface ClosableEmbedder extends Embedder {
  close(): Promise<void>;
}

export interface IndexOptions {
  /** Holds the indexes, one folder for each content of a corpus and each embedder. */
  readonly cacheDirectory: string;
  /** Names the embedder before it is opened; its own `id`. */
  readonly embedderId: string;
  readonly openEmbedder: () => ClosableEmbedder | Promise<ClosableEmbedder>;
  /** Told of documents that could not be indexed. */
  readonly warn: (message: string) => void;
}

export interface OpenedIndex {
  readonly deps: RetrieveDeps;
  readonly close: () => Promise<void>;
}

/** Indexes a corpus as the service would, or opens the index kept from last time. */
export async function openIndex(
  corpus: EvalCorpus,
  { cacheDirectory, openEmbedder, embedderId, warn }: IndexOptions,
  onProgress?: (done: number, total: number) => void,
): Promise<OpenedIndex> {
  const key = (await corpus.key()).slice(0, 24);
  const directory = join(cacheDirectory, 'indexes', `${key}-${embedderId.replace(/[^\w.-]+/g, '-')}`);
  const embedder = await openEmbedder();
  const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path: join(directory, 'ibid.db') });
  const { dimensions } = embedder;
  const index = await openGrowingVectorIndex({
    store,
    exactBelow: EXACT_BELOW,
    createSmall: () => createExactVectorIndex(dimensions),
    openLarge: () => openHnswVectorIndex({ store, directory: join(directory, 'graph'), dimensions }),
  });
  const close = async () => {
    await index.close();
    await store.close();
    await embedder.close();
  };
  try {
    const ingest = createIngest({
      store,
      embedder,
      index,
      exclusive: createMutex(),
      clock: () => performance.now(),
    });
    const report = await ingest(toSource(corpus), {
      onProgress: ({ phase, done, total }) => phase === 'embedding' && onProgress?.(done, total),
    });
    for (const { uri, message } of report.failed) warn(`${uri} is not in the index: ${message}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { deps: { store, embedder, index }, close };
}

function toSource(corpus: EvalCorpus): DocumentSource {
  return {
    name: `eval:${corpus.name}`,
    async *items() {
      for await (const document of corpus.documents())
        yield { uri: document.uri, load: async () => [document] };
    },
  };
}
