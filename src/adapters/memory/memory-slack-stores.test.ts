import { slackStoresConformance } from '../../testing/slack-stores-conformance.ts';
import { createMemoryInstallationStore } from './memory-installation-store.ts';
import { createMemorySlackInbox } from './memory-slack-inbox.ts';
import { createMemorySlackThreads } from './memory-slack-threads.ts';

slackStoresConformance('The memory store', async () => ({
  inbox: createMemorySlackInbox(),
  threads: createMemorySlackThreads(),
  installations: createMemoryInstallationStore(),
}));
