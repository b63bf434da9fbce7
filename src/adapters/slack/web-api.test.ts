import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../testing/fake-slack.ts';
import { createSlackWebApi } from './web-api.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(() => slack[Symbol.asyncDispose]());

const call = (method = 'auth.test', args = {}) =>
  createSlackWebApi({ apiUrl: slack.apiUrl, timeoutMs: 3_000 })('xoxb-1', method, args);

describe('A call to Slack', () => {
  test('is one request with the token, and gives the reply with the token’s scopes', async () => {
    slack.scopes = 'chat:write,commands';
    expect(await call()).toMatchObject({
      ...{ outcome: 'ok', scopes: ['chat:write', 'commands'] },
      body: { user_id: 'U0BOT' },
    });
    await call('chat.postMessage', {
      channel: 'C1',
      text: 'a',
      metadata: { event_type: 'x', event_payload: {} },
    });
    expect(slack.calls).toMatchObject([
      { method: 'auth.test', token: 'xoxb-1' },
      { args: { text: 'a', metadata: { event_type: 'x', event_payload: {} } } },
    ]);
  });

  test('that Slack refuses was not done; one that it does not answer may have been', async () => {
    slack.troubles.set('auth.test', [
      ...([
        { kind: 'refused', error: 'invalid_auth' },
        { kind: 'refused', error: 'internal_error' },
      ] as const),
      ...([
        { kind: 'lost' },
        { kind: 'down' },
        { kind: 'server-error' },
        { kind: 'slow', ms: 4_000 },
      ] as const),
    ]);
    const outcomes = [];
    for (let at = 0; at < 6; at++) outcomes.push((await call()).outcome);
    expect(outcomes).toEqual(['refused', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
    expect(slack.calls.length).toBeLessThanOrEqual(6);
    expect(await call('no.such.method')).toEqual({ outcome: 'refused', error: 'unknown_method' });
  });

  test('that came too soon was not done either, and says when to try again', async () => {
    slack.troubles.set('auth.test', [
      { kind: 'limited', retryAfterSeconds: 7 },
      { kind: 'refused', error: 'ratelimited' },
    ]);
    expect(await call()).toEqual({ outcome: 'rate-limited', retryAfterSeconds: 7 });
    expect(await call()).toEqual({ outcome: 'rate-limited', retryAfterSeconds: 1 });
    const withoutHeader = createSlackWebApi({ fetch: async () => new Response(null, { status: 429 }) });
    expect(await withoutHeader(undefined, 'auth.test', {})).toEqual({
      outcome: 'rate-limited',
      retryAfterSeconds: 1,
    });
  });
});
