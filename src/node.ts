import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type LibsqlConversationStore,
  openLibsqlConversationStore,
} from './adapters/libsql/libsql-conversation-store.ts';
import { type LibsqlPassageStore, openLibsqlPassageStore } from './adapters/libsql/libsql-passage-store.ts';
import { createExactVectorIndex } from './adapters/memory/exact-vector-index.ts';
import {
  EXACT_BELOW,
  type FollowingVectorIndex,
  openGrowingVectorIndex,
} from './adapters/memory/growing-vector-index.ts';
import { createAsk } from './ask/ask.ts';
import { ANSWER_FROM } from './ask/assess.ts';
import type { Ask, Search } from './ask/events.ts';
import { expireConversations } from './ask/expiring-conversations.ts';
import { createSearch } from './ask/search.ts';
import { createSuggest, type Suggest } from './ask/suggest.ts';
import { STEM_ANALYSER } from './ask/terms.ts';
import type { Config } from './config.ts';
import { createIngest, indexIdentity } from './ingest/ingest.ts';
import { createMutex, type Exclusive } from './ingest/mutex.ts';
import { createRemoveDocuments } from './ingest/remove-documents.ts';
import type { Ingest } from './ingest/report.ts';
import { IbidError } from './model/errors.ts';
import { assertCompatible, type IndexManifest } from './model/manifest.ts';
import { createIngestLock } from './node/ingest-lock.ts';
import { type ClosableEmbedder, embedderIdOf, openEmbedder } from './node/open-embedder.ts';
import { openModel } from './node/open-model.ts';
import { reportFaults } from './node/report-faults.ts';
import type { ConversationStore } from './ports/conversation-store.ts';
import type { Embedder } from './ports/embedder.ts';
import type { PassageStore } from './ports/passage-store.ts';
import type { VectorIndex } from './ports/vector-index.ts';

/** Ibid on Node: everything wired to one data folder. */
export interface Ibid {
  readonly ask: Ask;
  readonly search: Search;
  readonly suggest: Suggest;
  readonly ingest: Ingest;
  /** Number of documents removed; unknown ids are ignored. */
  readonly removeDocuments: (ids: readonly string[]) => Promise<number>;
  readonly store: PassageStore;
  readonly index: VectorIndex;
  readonly conversations: ConversationStore;
  readonly embedder: Embedder;
  /** Deletes the conversations that have expired; says how many. */
  sweepConversations(): Promise<number>;
  /** Follows what other processes committed. */
  refresh(): Promise<void>;
  /** Finishes what runs, saves, and lets go of files and threads. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Opens an index that another embedder made as well, to be rebuilt: it is not searched. */
  readonly rebuild?: boolean;
  /** Told once when another process ingests and this one waits. */
  readonly onWait?: (holder: string) => void;
  /** Told why a question had to be answered from full text alone. */
  readonly onFault?: (message: string) => void;
}

/**
 * Opens the stores, the index and the embedder. Rejects with `index_incompatible` when another embedder made the index, with
 * `embedder_failed` when nothing is indexed yet and the embedding server of the settings does not answer.
 */
export async function openIbid(config: Config, options: OpenOptions = {}): Promise<Ibid> {
  await mkdir(config.data, { recursive: true }).catch((cause: unknown) => {
    const message = `The data folder ${config.data} cannot be made. Name another one (IBID_DATA).`;
    throw new IbidError('config_invalid', message, { cause });
  });
  const { rebuild = false } = options;
  const store = await openStore(config);
  const kept = await openConversations(config);
  const conversations = expireConversations(kept, {
    keepMs: config.keepConversationsMs,
    now: () => Date.now(),
  });
  let embedder: ClosableEmbedder | undefined;
  let index: FollowingVectorIndex | undefined;
  const closeAll = async (): Promise<void> => {
    await embedder?.close();
    await index?.close();
    await store.close();
    await kept.close();
  };
  try {
    embedder = await openEmbedder(config, rebuild ? undefined : await store.manifest());
    index = await openIndex(config, store, embedder, rebuild);
    const written = { embedder, index, store };
    const retrieval = options.onFault
      ? { ...written, embedder: reportFaults(embedder, options.onFault) }
      : written;
    const reading = await openModel(config, embedder, options.onFault);
    const exclusive = exclusiveIngest(config, options.onWait);
    return {
      ask: createAsk({
        ...retrieval,
        conversations,
        ...reading,
        threshold: ANSWER_FROM,
        now: () => Date.now(),
        newId: (prefix) => `${prefix}_${randomUUID().replaceAll('-', '')}`,
      }),
      search: createSearch(retrieval),
      suggest: createSuggest({ ...retrieval, threshold: ANSWER_FROM }),
      ingest: createIngest({ ...written, exclusive, clock: () => performance.now() }),
      removeDocuments: createRemoveDocuments({ ...written, exclusive }),
      store,
      index,
      conversations,
      sweepConversations: conversations.sweep,
      embedder,
      refresh: index.refresh,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What stands in a data folder, without opening the index. */
export async function readStatus(config: Config): Promise<{
  readonly manifest?: IndexManifest;
  readonly documents: number;
  readonly passages: number;
  /** What this process would make an index with. */
  readonly embedderId: string;
}> {
  const store = await openStore(config);
  try {
    const [manifest, counts] = await Promise.all([store.manifest(), store.countDocuments()]);
    return { ...counts, ...(manifest ? { manifest } : {}), embedderId: embedderIdOf(config) };
  } finally {
    await store.close();
  }
}

function openStore(config: Config): Promise<LibsqlPassageStore> {
  return openLibsqlPassageStore({ analyser: STEM_ANALYSER, path: join(config.data, 'index.db') });
}

/** Conversations have a file of their own: a turn does not wait for the commit of a large ingestion. */
export function openConversations(config: Config): Promise<LibsqlConversationStore> {
  return openLibsqlConversationStore({ path: join(config.data, 'conversations.db') });
}

async function openIndex(
  config: Config,
  store: PassageStore,
  embedder: Embedder,
  rebuild: boolean,
): Promise<FollowingVectorIndex> {
  const manifest = await store.manifest();
  try {
    if (manifest) assertCompatible(manifest, indexIdentity(embedder));
  } catch (error) {
    if (rebuild) return UNSEARCHED_INDEX;
    throw error;
  }
  const { dimensions } = embedder;
  return openGrowingVectorIndex({
    store,
    exactBelow: EXACT_BELOW,
    createSmall: () => createExactVectorIndex(dimensions),
    openLarge: async () => {
      const { openHnswVectorIndex } = await import('./adapters/hnswlib/hnsw-vector-index.ts');
      return openHnswVectorIndex({ store, directory: join(config.data, 'graph'), dimensions });
    },
  });
}

/** Stands in while an index is rebuilt: the next start derives one from the store. */
const UNSEARCHED_INDEX: FollowingVectorIndex = {
  search: async () => [],
  apply: async () => {},
  refresh: async () => {},
  close: async () => {},
};

/** First in turn within this process, then the only one among processes. */
function exclusiveIngest(config: Config, onWait: OpenOptions['onWait']): Exclusive {
  const mutex = createMutex();
  const lock = createIngestLock({
    path: join(config.data, 'ingest.lock'),
    ...(onWait === undefined ? {} : { onWait }),
  });
  return (work) => mutex(() => lock(work));
}
