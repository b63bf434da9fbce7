import { join } from 'node:path';
import { openLibsqlConversationStore } from '../adapters/libsql/libsql-conversation-store.ts';
import { openLibsqlPassageStore } from '../adapters/libsql/libsql-passage-store.ts';
import { openLibsqlSlackStores } from '../adapters/libsql/libsql-slack-stores.ts';
import type { FollowingVectorIndex } from '../adapters/memory/growing-vector-index.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import type { Config } from '../config.ts';
import type { Exclusive } from '../ingest/mutex.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { InstallationStore } from '../ports/installation-store.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import type { SlackInbox } from '../ports/slack-inbox.ts';
import type { SlackThreads } from '../ports/slack-threads.ts';
import { createIngestLock } from './ingest-lock.ts';

/** All that is stored: in files of the data folder, or in Postgres. Each store is opened at most once. */
export interface Stores {
  openPassages(): Promise<PassageStore>;
  openConversations(): Promise<ConversationStore>;
  openSlack(): Promise<{
    readonly inbox: SlackInbox;
    readonly threads: SlackThreads;
    readonly installations: InstallationStore;
  }>;
  /** The vector index of many passages, up to date with `store`. */
  openLargeIndex(store: PassageStore, dimensions: number): Promise<FollowingVectorIndex>;
  /** Lets one process at a time ingest; `onWait` is told for whom this one waits. */
  ingestLock(onWait?: (holder: string) => void): Exclusive;
  /** Closes what was opened. */
  close(): Promise<void>;
}

/** The stores of the settings; nothing is opened yet, and Postgres's library is loaded only when it is named. */
export async function createStores(config: Config): Promise<Stores> {
  if (config.databaseUrl === undefined) return createFileStores(config.data);
  const { createPostgresStores } = await import('./postgres-stores.ts');
  return createPostgresStores(config.databaseUrl);
}

/** Each in a file of its own: a turn does not wait for the commit of a large ingestion, nor an event of Slack for either. */
function createFileStores(folder: string): Stores {
  const opened: { close(): Promise<void> }[] = [];
  const keep = async <T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const store = await opening;
    opened.push(store);
    return store;
  };
  return {
    openPassages: () =>
      keep(openLibsqlPassageStore({ analyser: STEM_ANALYSER, path: join(folder, 'index.db') })),
    openConversations: () => keep(openLibsqlConversationStore({ path: join(folder, 'conversations.db') })),
    openSlack: () => keep(openLibsqlSlackStores({ path: join(folder, 'slack.db') })),
    async openLargeIndex(store, dimensions) {
      const { openHnswVectorIndex } = await import('../adapters/hnswlib/hnsw-vector-index.ts');
      return openHnswVectorIndex({ store, directory: join(folder, 'graph'), dimensions });
    },
    ingestLock: (onWait) =>
      createIngestLock({
        path: join(folder, 'ingest.lock'),
        ...(onWait === undefined ? {} : { onWait }),
      }),
    async close() {
      for (const store of opened) await store.close();
    },
  };
}
