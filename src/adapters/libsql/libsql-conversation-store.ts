import type { Conversation, Turn } from '../../model/conversation.ts';
import type { ConversationStore } from '../../ports/conversation-store.ts';
import { CONVERSATION_MIGRATIONS } from '../sql/schema.ts';
import type { Run } from './connection.ts';
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
    getConversation: (id) => getConversation(read, id),
    appendTurn: (conversationId, turn) => write((run) => appendTurn(run, conversationId, turn)),
    deleteConversation: (id) => write((run) => deleteConversation(run, id)),
    saveFeedback: ({ answerId, rating, comment, ratedAt }) =>
      write(async (run) => {
        const turns = await run('SELECT 1 FROM turns WHERE id = ?', [answerId]);
        if (turns.length === 0) return false;
        // JSON keeps what SQLite's text would not, such as a NUL in what a visitor wrote.
        const packed = comment === undefined ? null : JSON.stringify(comment);
        await run('INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)', [answerId, rating, packed, ratedAt]);
        return true;
      }),
    listUnsatisfied: (limit) => listUnsatisfied(read, limit),
    close,
  };
}

async function getConversation(read: Run, id: string): Promise<Conversation | undefined> {
  const rows = await read('SELECT turn FROM turns WHERE conversation_id = ? ORDER BY key', [id]);
  return rows.length === 0 ? undefined : { id, turns: rows.map((row) => parseTurn(row.turn)) };
}

async function appendTurn(run: Run, conversationId: string, turn: Turn): Promise<void> {
  const declined = turn.answer.status === 'declined' ? 1 : 0;
  await run('INSERT INTO turns (id, conversation_id, asked_at, declined, turn) VALUES (?, ?, ?, ?, ?)', [
    turn.id,
    conversationId,
    turn.askedAt,
    declined,
    JSON.stringify(turn),
  ]);
}

async function deleteConversation(run: Run, id: string): Promise<boolean> {
  await run('DELETE FROM feedback WHERE answer_id IN (SELECT id FROM turns WHERE conversation_id = ?)', [id]);
  const deleted = await run('DELETE FROM turns WHERE conversation_id = ? RETURNING key', [id]);
  return deleted.length > 0;
}

async function listUnsatisfied(read: Run, limit: number): ReturnType<ConversationStore['listUnsatisfied']> {
  const rows = await read(
    `SELECT t.turn, f.rating, f.comment FROM turns AS t LEFT JOIN feedback AS f ON f.answer_id = t.id
     WHERE t.declined = 1 OR f.rating = 'down' ORDER BY t.asked_at DESC, t.key DESC LIMIT ?`,
    [limit],
  );
  return rows.map(({ turn, rating, comment }) => ({
    turn: parseTurn(turn),
    ...(rating === 'up' || rating === 'down' ? { rating } : {}),
    ...(typeof comment === 'string' ? { comment: JSON.parse(comment) as string } : {}),
  }));
}

function parseTurn(json: unknown): Turn {
  return JSON.parse(String(json)) as Turn;
}
