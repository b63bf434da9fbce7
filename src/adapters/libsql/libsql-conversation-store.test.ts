import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conversationStoreConformance } from '../../testing/conversation-store-conformance.ts';
import { type LibsqlConversationStore, openLibsqlConversationStore } from './libsql-conversation-store.ts';

const made: { store: LibsqlConversationStore; folder: string }[] = [];

conversationStoreConformance(
  'libsql',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ibid-'));
    const store = await openLibsqlConversationStore({ path: join(folder, 'conversations.db') });
    made.push({ store, folder });
    return store;
  },
  async () => {
    for (const { store, folder } of made) {
      await store.close();
      await rm(folder, { recursive: true });
    }
  },
);
