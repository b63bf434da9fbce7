import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { slackStoresConformance } from '../../testing/slack-stores-conformance.ts';
import { type LibsqlSlackStores, openLibsqlSlackStores } from './libsql-slack-stores.ts';

const made: { stores: LibsqlSlackStores; folder: string }[] = [];

slackStoresConformance(
  'libsql',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ibid-slack-'));
    const stores = await openLibsqlSlackStores({ path: join(folder, 'slack.db') });
    made.push({ stores, folder });
    return stores;
  },
  async () => {
    for (const { stores, folder } of made) {
      await stores.close();
      await rm(folder, { recursive: true });
    }
  },
);
