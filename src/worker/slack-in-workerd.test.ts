import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Unstable_DevWorker, unstable_dev } from 'wrangler';
import {
  BOT_TOKEN,
  deliver,
  eventOf,
  type FakeSlack,
  SIGNING_SECRET,
  startFakeSlack,
} from '../testing/fake-slack.ts';
import { BOT_USER } from '../testing/fake-slack-workspace.ts';
import { readable, until } from '../testing/slack-scene.ts';

const ADMIN_KEY = 'admin-key-of-this-test';
const TEXT = `<@${BOT_USER}> When does the ferry to Inis Mor sail?`;

let slack: FakeSlack;
let folder: string;
let worker: Unstable_DevWorker;
let url: string;

beforeAll(async () => {
  slack = await startFakeSlack();
  folder = await mkdtemp(join(tmpdir(), 'ibid-workerd-'));
  worker = await unstable_dev('src/worker.ts', {
    ...{ config: 'wrangler.toml', ip: '127.0.0.1', port: 0, inspectorPort: 0, logLevel: 'error' },
    ...{ persistTo: folder, experimental: { disableExperimentalWarning: true, testMode: true } },
    vars: {
      ...{ SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET },
      ...{ IBID_ADMIN_KEY: ADMIN_KEY, IBID_LOG: 'silent' },
    },
  });
  url = `http://${worker.address}:${worker.port}`;
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await slack[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

it('The bundle answers in Slack, through Slack’s own client, with nothing of Node’s', async () => {
  const form = new FormData();
  form.append('file', new File(['The ferry to Inis Mor sails at nine in the morning.'], 'ferry.txt'));
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  const uploaded = await fetch(`${url}/v1/documents`, { method: 'POST', headers, body: form });
  expect(uploaded.ok).toBe(true);
  await until(async () => {
    const response = await fetch(`${url}/v1/documents`);
    return ((await response.json()) as { documents: unknown[] }).documents.length === 1;
  }, 60_000);

  const ts = slack.workspace.say('C1', 'U1', TEXT);
  const event = eventOf({ type: 'app_mention', channel: 'C1', user: 'U1', text: TEXT, ts });
  for (let at = 0; at < 2; at++) expect(await deliver(() => `${url}/slack/events`, event)).toBe(true);
  const answers = () =>
    slack.workspace.messages.filter(({ thread_ts, user }) => thread_ts === ts && user === BOT_USER);
  await until(() => answers().some(({ streaming }) => !streaming), 60_000);
  expect(answers()).toHaveLength(1);
  expect(readable(answers()[0] ?? { text: '', blocks: [] })).toContain('sails at nine in the morning. [1]');
}, 180_000);
