import type { D1Database } from '../adapters/cloudflare/d1-database.ts';
import { createD1SlackStores } from '../adapters/cloudflare/d1-slack-stores.ts';
import { createSlackWebApi } from '../adapters/slack/web-api.ts';
import type { Ask } from '../ask/events.ts';
import type { Suggest } from '../ask/suggest.ts';
import type { SlackConfig } from '../config.ts';
import { DEFAULT_LIMITS } from '../http/dependencies.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import { createSlackBot, type SlackBot } from '../slack/slack-bot.ts';
import type { Env } from './env.ts';

/** The Slack bot on Workers: what Slack tells of is kept in D1 and worked off by a queue, which has time for it. */
export function openSlack(deps: {
  readonly slack: SlackConfig;
  readonly queue: Env['SLACK'];
  readonly database: D1Database;
  readonly ask: Ask;
  readonly suggest: Suggest;
  readonly conversations: ConversationStore;
  readonly now: () => number;
  readonly newId: () => string;
  readonly report: (message: string) => void;
}): SlackBot {
  const { slack, queue, database, suggest, ...rest } = deps;
  const { prompts, apiUrl, appToken: _, ...settings } = slack;
  const fetchFrom: typeof fetch = (input, init) => fetch(input, init);
  return createSlackBot({
    ...rest,
    fetch: fetchFrom,
    ...createD1SlackStores(database),
    api: createSlackWebApi({ fetch: fetchFrom, ...(apiUrl === undefined ? {} : { apiUrl }) }),
    settings: { ...settings, maxQuestionChars: DEFAULT_LIMITS.maxQuestionChars },
    prompts: async () =>
      prompts.length > 0 ? prompts : (await suggest({ limit: 4 })).map(({ question }) => question),
    handOver: async () => {
      await queue.send({});
    },
  });
}
