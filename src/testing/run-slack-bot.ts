import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import { createMemoryInstallationStore } from '../adapters/memory/memory-installation-store.ts';
import { createMemorySlackInbox } from '../adapters/memory/memory-slack-inbox.ts';
import { createMemorySlackThreads } from '../adapters/memory/memory-slack-threads.ts';
import { createSlackWebApi } from '../adapters/slack/web-api.ts';
import type { Ask, AskEvent } from '../ask/events.ts';
import { createApp } from '../http/app.ts';
import { createSlackBot, type SlackBot, type SlackBotDeps } from '../slack/slack-bot.ts';
import { BOT_TOKEN, type FakeSlack, SIGNING_SECRET } from './fake-slack.ts';
import { answeredEvents, fakeDependencies } from './http-fakes.ts';

export interface RunningBot extends AsyncDisposable {
  readonly bot: SlackBot;
  readonly url: string;
  /** What the owner was told. */
  readonly reported: string[];
}

/** The bot in the app on a real socket, against a fake Slack; with stores in memory unless others are given. */
export async function runSlackBot(
  slack: FakeSlack,
  overrides: Partial<Omit<SlackBotDeps, 'settings'>> & { settings?: Partial<SlackBotDeps['settings']> } = {},
): Promise<RunningBot> {
  const reported: string[] = [];
  const { settings, ...others } = overrides;
  const bot = createSlackBot({
    conversations: createMemoryConversationStore(),
    inbox: createMemorySlackInbox(),
    threads: createMemorySlackThreads(),
    installations: createMemoryInstallationStore(),
    ask: createStoringAsk(others.conversations),
    api: createSlackWebApi({ apiUrl: slack.apiUrl, timeoutMs: 1_500 }),
    fetch,
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
    report: (message) => reported.push(message),
    prompts: async () => ['How much leave do I have?'],
    ...others,
    settings: {
      signingSecret: SIGNING_SECRET,
      botToken: BOT_TOKEN,
      ...{ channels: [], filters: {}, maxQuestionChars: 2_000 },
      ...settings,
    },
  });
  const app = createApp(
    fakeDependencies({ ...(bot.routes && { slack: bot.routes }), clock: () => Date.now() }).deps,
  );
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What was left is taken up, and what fails is tried again, without anybody asking.
  const polling = setInterval(bot.worker.wake, 50);
  bot.worker.start();
  return {
    ...{ bot, reported, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    async [Symbol.asyncDispose]() {
      clearInterval(polling);
      await bot.worker.stop(1_000);
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers every question from the fake handbook, and keeps the turn where conversations are kept. */
export function createStoringAsk(
  conversations: SlackBotDeps['conversations'] = createMemoryConversationStore(),
  eventsOf: (question: string) => readonly AskEvent[] = answeredEvents,
): Ask {
  let answers = 0;
  const run = crypto.randomUUID().slice(0, 8);
  return async function* ask({ question, conversationId = `conv_${run}_${answers + 1}` }) {
    answers += 1;
    const id = `ans_${run}_${answers}`;
    for (const event of eventsOf(question)) {
      if (event.type !== 'answer-end') {
        yield event;
        continue;
      }
      const { answer, confidence, standaloneQuestion } = event;
      const turn = { id, question, standaloneQuestion, answer, confidence };
      await conversations.appendTurn(conversationId, { ...turn, askedAt: new Date().toISOString() });
      yield { ...event, id, conversationId };
    }
  };
}
