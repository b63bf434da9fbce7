import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { openLibsqlSlackStores } from '../adapters/libsql/libsql-slack-stores.ts';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import { createPostgresPool } from '../adapters/postgres/postgres-pool.ts';
import { openPostgresSlackStores } from '../adapters/postgres/postgres-slack-stores.ts';
import { createSlackWebApi } from '../adapters/slack/web-api.ts';
import type { AskEvent } from '../ask/events.ts';
import { createSlackBot } from '../slack/slack-bot.ts';
import { BOT_TOKEN, SIGNING_SECRET } from './fake-slack.ts';

// The bot as a process of its own, which a test kills: argv holds the file or address of its store, its port and the address of the fake
// Slack.
const [store = '', port = '', apiUrl = ''] = process.argv.slice(2);
const stores = store.startsWith('postgres')
  ? await openPostgresSlackStores(createPostgresPool(store))
  : await openLibsqlSlackStores({ path: store });
const bot = createSlackBot({
  ...stores,
  async *ask({ question }): AsyncGenerator<AskEvent> {
    const ids = { id: `ans_${crypto.randomUUID()}`, conversationId: `conv_${crypto.randomUUID()}` };
    const text = `This answers ${question}`;
    const citation = {
      ...{ marker: 1, passageId: 'psg_1', documentId: 'doc_1', title: 'Handbook', uri: 'handbook.md' },
      ...{ quote: text, start: 0, end: text.length, answerStart: 0, answerEnd: text.length, headings: [] },
    };
    yield { type: 'passages-found', ...ids, standaloneQuestion: question, passages: [] };
    yield { type: 'text-delta', text };
    yield { type: 'citation-added', citation };
    await sleep(Math.random() * 30);
    yield { type: 'text-delta', text: ' It does.' };
    const answer = { status: 'answered', text: `${text} It does.`, citations: [citation] } as const;
    const timing = { contextualise: 0, retrieve: 0, read: 0, total: 0 };
    yield {
      type: 'answer-end',
      ...ids,
      answer,
      confidence: 1,
      standaloneQuestion: question,
      passages: [],
      timing,
    };
  },
  conversations: createMemoryConversationStore(),
  api: createSlackWebApi({ apiUrl, timeoutMs: 2_000 }),
  fetch,
  settings: {
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    channels: [],
    filters: {},
    maxQuestionChars: 2_000,
  },
  prompts: async () => [],
  now: () => Date.now(),
  newId: () => crypto.randomUUID(),
  report: (message) => process.stderr.write(`${message}\n`),
  leaseMs: 1_500,
});
const app = new Hono();
if (bot.routes) app.route('/slack', bot.routes);
createAdaptorServer({ fetch: app.fetch }).listen(Number(port), '127.0.0.1', () =>
  process.stdout.write('ready\n'),
);
bot.worker.start();
setInterval(bot.worker.wake, 100);
