import type { ConversationStore } from '../../ports/conversation-store.ts';
import * as queries from '../sql/conversation-queries.ts';
import { CONVERSATION_MIGRATIONS } from '../sql/schema.ts';
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
  return {
    async getConversation(id) {
      const rows = await read(queries.SELECT_TURNS, [id]);
      return rows.length === 0 ? undefined : { id, turns: rows.map(queries.toTurn) };
    },
    appendTurn: (conversationId, turn) =>
      write(async (run) => void (await run(queries.INSERT_TURN, queries.turnValues(conversationId, turn)))),
    deleteConversation: (id) =>
      write(async (run) => {
        await run(queries.DELETE_FEEDBACK, [id]);
        return (await run(queries.DELETE_TURNS, [id])).length > 0;
      }),
    saveFeedback: (feedback) =>
      write(async (run) => (await run(queries.SAVE_FEEDBACK, queries.feedbackValues(feedback))).length > 0),
    listUnsatisfied: async (limit) =>
      (await read(queries.SELECT_UNSATISFIED, [limit])).map(queries.toUnsatisfied),
    close,
  };
}
