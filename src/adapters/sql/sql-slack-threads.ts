import type { SlackThreads } from '../../ports/slack-threads.ts';
import type { Run } from './run.ts';

/** Threads on any SQL client. */
export function createSqlSlackThreads({ read, write }: { read: Run; write: Run }): SlackThreads {
  return {
    async remember({ channel, threadTs, conversationId, spokeAt }) {
      await write(
        `INSERT INTO slack_threads VALUES (?, ?, ?, ?) ON CONFLICT (channel, thread_ts) DO UPDATE SET
          conversation_id = excluded.conversation_id, spoke_at = excluded.spoke_at`,
        [channel, threadTs, conversationId, spokeAt],
      );
    },
    async find(channel, threadTs) {
      const [row] =
        threadTs === undefined
          ? await read('SELECT * FROM slack_threads WHERE channel = ? ORDER BY spoke_at DESC LIMIT 1', [
              channel,
            ])
          : await read('SELECT * FROM slack_threads WHERE channel = ? AND thread_ts = ?', [
              channel,
              threadTs,
            ]);
      return (
        row && {
          channel,
          threadTs: String(row.thread_ts),
          conversationId: String(row.conversation_id),
          spokeAt: Number(row.spoke_at),
        }
      );
    },
  };
}
