import { afterAll, beforeAll } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { conversationStoreConformance } from '../../testing/conversation-store-conformance.ts';
import { passageStoreConformance } from '../../testing/passage-store-conformance.ts';
import { openTestPostgres, POSTGRES_START_MS, type TestPostgres } from '../../testing/postgres.ts';
import { slackStoresConformance } from '../../testing/slack-stores-conformance.ts';
import { openPostgresConversationStore } from './postgres-conversation-store.ts';
import { openPostgresPassageStore } from './postgres-passage-store.ts';
import { openPostgresSlackStores } from './postgres-slack-stores.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await openTestPostgres();
}, POSTGRES_START_MS);
afterAll(() => postgres.close());

passageStoreConformance('Postgres', async () =>
  openPostgresPassageStore({ pool: await postgres.emptyPool(), analyser: STEM_ANALYSER }),
);
conversationStoreConformance('Postgres', async () =>
  openPostgresConversationStore(await postgres.emptyPool()),
);
slackStoresConformance('Postgres', async () => openPostgresSlackStores(await postgres.emptyPool()));
