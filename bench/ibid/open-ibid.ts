import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openHnswVectorIndex } from '../../src/adapters/hnswlib/hnsw-vector-index.ts';
import { openLibsqlConversationStore } from '../../src/adapters/libsql/libsql-conversation-store.ts';
import { openLibsqlPassageStore } from '../../src/adapters/libsql/libsql-passage-store.ts';
import { createExactVectorIndex } from '../../src/adapters/memory/exact-vector-index.ts';
import { openGrowingVectorIndex } from '../../src/adapters/memory/growing-vector-index.ts';
import { createAsk } from '../../src/ask/ask.ts';
import type { Ask, Search } from '../../src/ask/events.ts';
import { readExtractively } from '../../src/ask/read.ts';
import { createSearch } from '../../src/ask/search.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { createMutex } from '../../src/ingest/mutex.ts';
import type { Ingest } from '../../src/ingest/report.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { PassageStore } from '../../src/ports/passage-store.ts';
import type { VectorIndex } from '../../src/ports/vector-index.ts';

export interface Ibid {
  readonly ingest: Ingest;
  readonly search: Search;
  readonly ask: Ask;
  readonly store: PassageStore;
  readonly index: VectorIndex;
  close(): Promise<void>;
}

/** Opens Ibid on a data folder with the stores, the index and the reader that it runs with. */
export async function openIbid(folder: string, embedder: Embedder): Promise<Ibid> {
  mkdirSync(folder, { recursive: true });
  const store = await openLibsqlPassageStore({ path: join(folder, 'index.db') });
  const conversations = await openLibsqlConversationStore({ path: join(folder, 'conversations.db') });
  const { dimensions } = embedder;
  const index = await openGrowingVectorIndex({
    store,
    exactBelow: 5000,
    createSmall: () => createExactVectorIndex(dimensions),
    openLarge: () => openHnswVectorIndex({ store, directory: join(folder, 'graph'), dimensions }),
  });
  const retrieval = { embedder, index, store };
  return {
    store,
    index,
    ingest: createIngest({ ...retrieval, exclusive: createMutex(), clock: () => performance.now() }),
    search: createSearch(retrieval),
    ask: createAsk({
      ...retrieval,
      conversations,
      read: readExtractively,
      threshold: 0.5,
      now: () => Date.now(),
      newId: (prefix) => `${prefix}_${randomUUID()}`,
    }),
    async close() {
      await index.close();
      await store.close();
      await conversations.close();
    },
  };
}
