import { openPgvectorIndex } from '../adapters/postgres/pgvector-index.ts';
import { openPostgresConversationStore } from '../adapters/postgres/postgres-conversation-store.ts';
import { createPostgresLock } from '../adapters/postgres/postgres-lock.ts';
import { openPostgresPassageStore } from '../adapters/postgres/postgres-passage-store.ts';
import { createPostgresPool } from '../adapters/postgres/postgres-pool.ts';
import { openPostgresSlackStores } from '../adapters/postgres/postgres-slack-stores.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import type { Stores } from './open-stores.ts';

/** All stores in one Postgres database, which several instances share. */
export function createPostgresStores(url: string): Stores {
  const pool = createPostgresPool(url);
  return {
    openPassages: () => openPostgresPassageStore({ pool, analyser: STEM_ANALYSER }),
    openConversations: () => openPostgresConversationStore(pool),
    openSlack: () => openPostgresSlackStores(pool),
    openLargeIndex: (store, dimensions) => openPgvectorIndex({ pool, store, dimensions }),
    ingestLock: (onWait) => createPostgresLock({ pool, ...(onWait === undefined ? {} : { onWait }) }),
    close: () => pool.end(),
  };
}
