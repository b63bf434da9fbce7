import type { Pool } from 'pg';
import type { InstallationStore } from '../../ports/installation-store.ts';
import type { SlackInbox } from '../../ports/slack-inbox.ts';
import type { SlackThreads } from '../../ports/slack-threads.ts';
import type { Run } from '../sql/run.ts';
import { SLACK_MIGRATIONS } from '../sql/slack-schema.ts';
import { createSqlInstallationStore } from '../sql/sql-installation-store.ts';
import { createSqlSlackInbox } from '../sql/sql-slack-inbox.ts';
import { createSqlSlackThreads } from '../sql/sql-slack-threads.ts';
import { openPostgresDatabase } from './postgres-database.ts';

export interface PostgresSlackStores {
  readonly inbox: SlackInbox;
  readonly threads: SlackThreads;
  readonly installations: InstallationStore;
}

/** All that the Slack bot keeps, in Postgres: an event is worked off once, by whichever instance claims it first. */
export async function openPostgresSlackStores(pool: Pool): Promise<PostgresSlackStores> {
  const { read, transact } = await openPostgresDatabase(pool, SLACK_MIGRATIONS);
  const write: Run = (sql, args) => transact((transaction) => transaction.read(sql, args));
  return {
    inbox: createSqlSlackInbox(write),
    threads: createSqlSlackThreads({ read, write }),
    installations: createSqlInstallationStore({ read, write }),
  };
}
