import type { Pool } from 'pg';
import type { ConversationStore } from '../../ports/conversation-store.ts';
import type { SqlRow } from '../sql/passage-rows.ts';
import { CONVERSATION_MIGRATIONS } from '../sql/schema.ts';
import { createSqlConversationStore } from '../sql/sql-conversation-store.ts';
import { openPostgresDatabase } from './postgres-database.ts';

/** Conversations and feedback in Postgres: a conversation goes on at whichever instance its next question comes to. */
export async function openPostgresConversationStore(pool: Pool): Promise<ConversationStore> {
  const { read, transact } = await openPostgresDatabase(pool, CONVERSATION_MIGRATIONS);
  return createSqlConversationStore({
    read,
    batch: (statements) =>
      transact(async (transaction) => {
        const results: (readonly SqlRow[])[] = [];
        for (const [sql, args] of statements) results.push(await transaction.read(sql, args));
        return results;
      }),
  });
}
