import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlackWebApi } from '../adapters/slack/web-api.ts';
import { type FakeSlack, startFakeSlack } from '../testing/fake-slack.ts';
import { checkSetup, type Finding } from './check-setup.ts';
import { SCOPES } from './scopes.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
  slack.scopes = Object.keys(SCOPES).join(',');
});
afterEach(() => slack[Symbol.asyncDispose]());

const SETTINGS = {
  ...{ signingSecret: 'a'.repeat(32), botToken: 'xoxb-1', channels: ['C1'], filters: {} },
  maxQuestionChars: 2_000,
};

function check(changes: Partial<Parameters<typeof checkSetup>[1]> = {}): Promise<Finding[]> {
  return checkSetup(createSlackWebApi({ apiUrl: slack.apiUrl }), { ...SETTINGS, ...changes });
}

describe('ibid slack check', () => {
  test('finds a sound setup sound', async () => {
    slack.replies.set('apps.connections.open', () => ({ ok: true, url: 'wss://x' }));
    const findings = await check({
      ...{ appToken: 'xapp-1', publicUrl: 'https://ibid.example.org' },
      oauth: { clientId: '1', clientSecret: 's' },
    });
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.map(({ message }) => message).join()).toContain('answers as ibid in Acme');
    expect(findings.at(-1)?.message).toContain('https://ibid.example.org/slack/oauth_redirect');
  });

  test('names each missing scope, what it is for and what to do', async () => {
    slack.scopes = 'chat:write,commands';
    const missing = (await check()).filter(({ ok }) => !ok);
    expect(missing).toHaveLength(Object.keys(SCOPES).length - 2);
    const mentions = missing.find(({ subject }) => subject === 'scope app_mentions:read');
    expect(mentions?.message).toMatch(/hearing mentions.*add it to the app.*install it again/);
  });

  test('tells of refused tokens, secrets of another form, unseen channels and unreachable addresses', async () => {
    slack.replies.set('auth.test', () => ({ ok: false, error: 'invalid_auth' }));
    const [secret, bot] = await check({ signingSecret: 'Secret' });
    expect(secret).toMatchObject({ ok: false, message: expect.stringContaining('App Credentials') });
    expect(bot).toMatchObject({ ok: false, message: expect.stringContaining('invalid_auth') });

    slack.replies.clear();
    slack.replies.set('conversations.info', ({ channel }) =>
      channel === 'C1'
        ? { ok: true, channel: { name: 'general', is_member: false } }
        : { ok: false, error: 'channel_not_found' },
    );
    const findings = await check({
      channels: ['C1', 'C2'],
      appToken: 'xapp-1',
      oauth: { clientId: '1', clientSecret: 's' },
    });
    const wrong = Object.fromEntries(
      findings.filter(({ ok }) => !ok).map(({ subject, message }) => [subject, message]),
    );
    expect(wrong).toMatchObject({
      'channel C1': expect.stringContaining('/invite'),
      'channel C2': expect.stringContaining('channel_not_found'),
      SLACK_APP_TOKEN: expect.stringContaining('connections:write'),
      IBID_PUBLIC_URL: expect.stringContaining('is not set'),
    });
  });
});
