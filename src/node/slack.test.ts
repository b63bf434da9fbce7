import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import {
  BOT_TOKEN,
  deliver,
  eventOf,
  type FakeSlack,
  SIGNING_SECRET,
  startFakeSlack,
} from '../testing/fake-slack.ts';
import { startFakeSlackSocket } from '../testing/fake-slack-socket.ts';
import { BOT_USER } from '../testing/fake-slack-workspace.ts';
import { readable, until } from '../testing/slack-scene.ts';
import { serve } from './serve.ts';

let slack: FakeSlack;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  slack = await startFakeSlack();
  folder = await mkdtemp(join(tmpdir(), 'ibid-slack-'));
  const documents = join(folder, 'documents');
  await mkdir(documents);
  await writeFile(join(documents, 'ferry.txt'), 'The ferry to Inis Mor sails at nine in the morning.');
  environment = {
    ...{ PORT: '0', IBID_DOCUMENTS: documents, IBID_DATA: join(folder, 'data'), SLACK_API_URL: slack.apiUrl },
    ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET },
  };
});

afterAll(async () => {
  await slack[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const TEXT = `<@${BOT_USER}> When does the ferry to Inis Mor sail?`;

function mention(): { ts: string; event: ReturnType<typeof eventOf> } {
  const ts = slack.workspace.say('C1', 'U1', TEXT);
  return { ts, event: eventOf({ type: 'app_mention', channel: 'C1', user: 'U1', text: TEXT, ts }) };
}

const answersTo = (ts: string) =>
  slack.workspace.messages.filter(
    (message) => message.thread_ts === ts && message.user === BOT_USER && !message.streaming,
  );

test('a mention that comes before the documents are read is answered from them once they are', async () => {
  const server = await serve(parseConfig(environment), () => {});
  const { ts, event } = mention();
  expect(await deliver(() => `${server.url}/slack/events`, event)).toBe(true);
  await until(() => answersTo(ts).length === 1, 60_000);
  const [answer] = answersTo(ts);
  expect(answer?.text).toBe('The ferry to Inis Mor sails at nine in the morning. [1]');
  expect(readable(answer ?? { text: '', blocks: [] })).toContain('[1] ');
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain('ibid_asks_total{outcome="answered"} 1');
  await server.close();
});

test('what a stopped server had not answered yet, the next one answers', async () => {
  const down = Array.from({ length: 40 }, () => ({ kind: 'down' }) as const);
  slack.troubles.set('*', [...down]);
  const first = await serve(parseConfig(environment), () => {});
  const { ts, event } = mention();
  expect(await deliver(() => `${first.url}/slack/events`, event)).toBe(true);
  await first.close();
  expect(answersTo(ts)).toEqual([]);
  slack.troubles.clear();
  const second = await serve(parseConfig(environment), () => {});
  await until(() => answersTo(ts).length === 1, 60_000);
  await second.close();
  expect(answersTo(ts)).toHaveLength(1);
});

test('with an app-level token, events come over a socket, and no other way in is open', async () => {
  const socket = await startFakeSlackSocket();
  slack.replies.set('apps.connections.open', () => ({ ok: true, url: socket.url }));
  const { SLACK_SIGNING_SECRET: _, ...others } = environment;
  const server = await serve(parseConfig({ ...others, SLACK_APP_TOKEN: 'xapp-1' }), () => {});
  await until(() => socket.connections() === 1, 60_000);
  const { ts, event } = mention();
  socket.send({ type: 'events_api', envelope_id: 'one', payload: event });
  await until(() => answersTo(ts).length === 1, 60_000);
  expect(socket.received).toMatchObject([{ envelope_id: 'one' }]);
  expect(await deliver(() => `${server.url}/slack/events`, event, { hurry: 1e9 })).toBe(false);
  await server.close();
  await socket[Symbol.asyncDispose]();
});
