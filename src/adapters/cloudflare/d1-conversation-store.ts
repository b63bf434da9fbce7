import type { ConversationStore } from '../../ports/conversation-store.ts';
import { createSqlConversationStore } from '../sql/sql-conversation-store.ts';
import type { D1Database } from './d1-database.ts';

/** Conversations and feedback in D1; each change is one batch. */
export function createD1ConversationStore(database: D1Database): ConversationStore {
  return createSqlConversationStore(database);
}
