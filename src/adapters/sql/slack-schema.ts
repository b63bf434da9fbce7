import type { Migrations } from './schema.ts';

/**
 * What Slack told of, the threads in which the bot spoke, and the workspaces that installed it. An entry of the inbox is open while
 * `done_at` is null; it may be claimed from `due_at` on, which a claim moves to the end of its lease.
 */
export const SLACK_MIGRATIONS: Migrations = {
  component: 'slack',
  versions: [
    [
      `CREATE TABLE slack_inbox (
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id TEXT NOT NULL UNIQUE,
        message_key TEXT UNIQUE,
        lane TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        claim TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        done_at INTEGER,
        progress TEXT,
        payload TEXT NOT NULL
      )`,
      'CREATE INDEX slack_inbox_open ON slack_inbox (lane, key) WHERE done_at IS NULL',
      'CREATE INDEX slack_inbox_done ON slack_inbox (done_at) WHERE done_at IS NOT NULL',
      `CREATE TABLE slack_threads (
        channel TEXT NOT NULL,
        thread_ts TEXT NOT NULL,
        conversation_id TEXT NOT NULL,
        spoke_at INTEGER NOT NULL,
        PRIMARY KEY (channel, thread_ts)
      ) WITHOUT ROWID`,
      'CREATE INDEX slack_threads_by_time ON slack_threads (channel, spoke_at)',
      `CREATE TABLE slack_installations (
        team_id TEXT PRIMARY KEY,
        team_name TEXT NOT NULL,
        sealed_token TEXT NOT NULL,
        bot_user_id TEXT NOT NULL,
        installed_at INTEGER NOT NULL
      ) WITHOUT ROWID`,
    ],
  ],
};
