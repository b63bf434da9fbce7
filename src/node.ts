import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClosableCrossEncoder } from './adapters/bert/cross-encoder.ts';
import { createLoadMemory } from './adapters/files/load-memory.ts';
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
import type { Config } from './config.ts';
import { createIngest, indexIdentity } from './ingest/ingest.ts';
import { createMutex, type Exclusive } from './ingest/mutex.ts';
import { createRemoveDocuments } from './ingest/remove-documents.ts';
import type { Ingest } from './ingest/report.ts';
import { IbidError } from './model/errors.ts';
import { assertCompatible, type IndexManifest } from './model/manifest.ts';
import { openCrossEncoder } from './node/open-cross-encoder.ts';
import { type ClosableEmbedder, embedderIdOf, openEmbedder } from './node/open-embedder.ts';
import { openModel } from './node/open-model.ts';
import { createStores, type Stores } from './node/open-stores.ts';
import { reportFaults } from './node/report-faults.ts';
import type { ConversationStore } from './ports/conversation-store.ts';
import type { Embedder } from './ports/embedder.ts';
import type { PassageStore } from './ports/passage-store.ts';
import type { VectorIndex } from './ports/vector-index.ts';
import { createImportConversations, type ImportConversations } from './transfer/import-conversations.ts';
import { createImportDocuments, type ImportDocuments } from './transfer/import-documents.ts';

/** Ibid on Node: everything wired to one data folder, or to one database. */
export interface Ibid {
  readonly ask: Ask;
  readonly search: Search;
  readonly suggest: Suggest;
  readonly ingest: Ingest;
  readonly importDocuments: ImportDocuments;
  readonly importConversations: ImportConversations;
  /** Number of documents removed; unknown ids are ignored. */
  readonly removeDocuments: (ids: readonly string[]) => Promise<number>;
  readonly store: PassageStore;
  readonly index: VectorIndex;
  readonly conversations: ConversationStore;
  /** What the Slack bot keeps; closed with the rest. */
  readonly openSlackStores: Stores['openSlack'];
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
  const stores = await createStores(config);
  const { store, conversations } = await openBoth(stores, config);
  let embedder: ClosableEmbedder | undefined;
  let index: FollowingVectorIndex | undefined;
  let crossEncoder: ClosableCrossEncoder | undefined;
  const closeAll = async (): Promise<void> => {
    await embedder?.close();
    await crossEncoder?.close();
    await index?.close();
    await stores.close();
  };
  try {
    embedder = await openEmbedder(config, rebuild ? undefined : await store.manifest());
    index = await openIndex(stores, store, embedder, rebuild);
    const written = { embedder, index, store };
    crossEncoder = openCrossEncoder(config, join(config.data, 'models'));
    const retrieval = options.onFault
      ? { ...written, crossEncoder, embedder: reportFaults(embedder, options.onFault) }
      : { ...written, crossEncoder };
    const reading = await openModel(config, { embedder, entailment: crossEncoder.entail }, options.onFault);
    const exclusive = exclusiveIngest(stores, options.onWait);
    return {
      ask: createAsk({
        ...retrieval,
        conversations,
        ...reading,
        threshold: ANSWER_FROM.readClosely,
        now: () => Date.now(),
        newId: (prefix) => `${prefix}_${randomUUID().replaceAll('-', '')}`,
      }),
      search: createSearch(retrieval),
      suggest: createSuggest({ ...retrieval, threshold: ANSWER_FROM.readClosely }),
      ingest: createIngest({
        ...{ ...written, exclusive, clock: () => performance.now() },
        memory: createLoadMemory(join(config.data, 'read-files.json')),
      }),
      importDocuments: createImportDocuments({ ...written, exclusive }),
      importConversations: createImportConversations(conversations),
      removeDocuments: createRemoveDocuments({ ...written, exclusive }),
      store,
      index,
      conversations,
      openSlackStores: stores.openSlack,
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
  const stores = await createStores(config);
  try {
    const store = await stores.openPassages();
    const [manifest, counts] = await Promise.all([store.manifest(), store.countDocuments()]);
    return { ...counts, ...(manifest ? { manifest } : {}), embedderId: embedderIdOf(config) };
  } finally {
    await stores.close();
  }
}

/** What is stored, without the index and the models that answer from it. */
export async function openStored(config: Config): Promise<{
  readonly store: PassageStore;
  readonly conversations: ConversationStore;
  close(): Promise<void>;
}> {
  const stores = await createStores(config);
  return { ...(await openBoth(stores, config)), close: stores.close };
}

async function openBoth(stores: Stores, config: Config) {
  try {
    const store = await stores.openPassages();
    const { keepConversationsMs: keepMs } = config;
    const conversations = expireConversations(await stores.openConversations(), {
      keepMs,
      now: () => Date.now(),
    });
    return { store, conversations };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/** What people asked and said of the answers, which is kept until the process ends. */
export async function openConversations(config: Config): Promise<ConversationStore> {
  return (await createStores(config)).openConversations();
}

async function openIndex(
  stores: Stores,
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
    openLarge: () => stores.openLargeIndex(store, dimensions),
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
function exclusiveIngest(stores: Stores, onWait: OpenOptions['onWait']): Exclusive {
  const mutex = createMutex();
  const lock = stores.ingestLock(onWait);
  return (work) => mutex(() => lock(work));
}
