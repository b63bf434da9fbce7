import type { InstallationStore } from '../../ports/installation-store.ts';
import type { SlackInbox } from '../../ports/slack-inbox.ts';
import type { SlackThreads } from '../../ports/slack-threads.ts';
import type { Run } from '../sql/run.ts';
import { createSqlInstallationStore } from '../sql/sql-installation-store.ts';
import { createSqlSlackInbox } from '../sql/sql-slack-inbox.ts';
import { createSqlSlackThreads } from '../sql/sql-slack-threads.ts';
import type { D1Database } from './d1-database.ts';

/** All that the Slack bot keeps, in D1; each change is one statement. */
export function createD1SlackStores({ read, batch }: D1Database): {
  readonly inbox: SlackInbox;
  readonly threads: SlackThreads;
  readonly installations: InstallationStore;
} {
  const write: Run = async (sql, args) => (await batch([[sql, args ?? []]]))[0] ?? [];
  return {
    inbox: createSqlSlackInbox(write),
    threads: createSqlSlackThreads({ read, write }),
    installations: createSqlInstallationStore({ read, write }),
  };
}
