import type { InstallationStore } from '../../ports/installation-store.ts';
import type { SlackInbox } from '../../ports/slack-inbox.ts';
import type { SlackThreads } from '../../ports/slack-threads.ts';
import type { Run } from '../sql/run.ts';
import { SLACK_MIGRATIONS } from '../sql/slack-schema.ts';
import { createSqlInstallationStore } from '../sql/sql-installation-store.ts';
import { createSqlSlackInbox } from '../sql/sql-slack-inbox.ts';
import { createSqlSlackThreads } from '../sql/sql-slack-threads.ts';
import { openDatabase } from './database.ts';

export interface LibsqlSlackStores {
  readonly inbox: SlackInbox;
  readonly threads: SlackThreads;
  readonly installations: InstallationStore;
  close(): Promise<void>;
}

/** All that the Slack bot keeps, in an SQLite file of its own: an event must not wait for the commit of an ingestion or a turn. */
export async function openLibsqlSlackStores(options: {
  readonly path: string;
  readonly busyWaitMs?: number;
}): Promise<LibsqlSlackStores> {
  const { read, write, close } = await openDatabase({ ...options, migrations: SLACK_MIGRATIONS });
  const writeOne: Run = (sql, args) => write((run) => run(sql, args));
  return {
    inbox: createSqlSlackInbox(writeOne),
    threads: createSqlSlackThreads({ read, write: writeOne }),
    installations: createSqlInstallationStore({ read, write: writeOne }),
    close,
  };
}
