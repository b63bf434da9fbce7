import type { ConversationStore } from '../../ports/conversation-store.ts';
import type { SqlRow } from '../sql/passage-rows.ts';
import { CONVERSATION_MIGRATIONS } from '../sql/schema.ts';
import { createSqlConversationStore } from '../sql/sql-conversation-store.ts';
import { openDatabase } from './database.ts';

export interface LibsqlConversationStore extends ConversationStore {
  close(): Promise<void>;
}

/**
 * Conversations and feedback in an SQLite file. Give it a file of its own, beside the index: then turns are stored
 * while a long ingestion commits, and the index can be thrown away and rebuilt without losing what people said.
 */
export async function openLibsqlConversationStore(options: {
  readonly path: string;
  readonly busyWaitMs?: number;
}): Promise<LibsqlConversationStore> {
  const { read, write, close } = await openDatabase({ ...options, migrations: CONVERSATION_MIGRATIONS });
  const store = createSqlConversationStore({
    read,
    batch: (statements) =>
      write(async (run) => {
        const results: (readonly SqlRow[])[] = [];
        for (const [sql, args] of statements) results.push(await run(sql, args));
        return results;
      }),
  });
  return { ...store, close };
}
