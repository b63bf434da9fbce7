import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { withFakes } from '../testing/worker-with-fakes.ts';
import worker from '../worker.ts';

const SECRET = 'not-so-secret';
const posted: { method: string; form: URLSearchParams }[] = [];
const fetchElsewhere = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = fetchElsewhere;
});

/** Slack's side: takes every call, and says of the bot who it is. */
function standInForSlack(): void {
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { host, pathname } = new URL(request.url);
    if (host !== 'slack.com') return fetchElsewhere(input, init);
    const method = pathname.replace('/api/', '');
    posted.push({ method, form: new URLSearchParams(await request.text()) });
    return Response.json({
      ok: true,
      ts: '2.1',
      channel: 'C1',
      bot_id: 'B1',
      user_id: 'UBOT',
      team_id: 'T1',
    });
  };
}

async function signed(body: string): Promise<Request> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(SECRET), algorithm, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`v0:${timestamp}:${body}`));
  const hex = Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new Request('http://localhost/slack/events', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hex}`,
    },
  });
}

it('The Worker acknowledges Slack at once and answers by way of its queue', async () => {
  standInForSlack();
  const woken: unknown[] = [];
  const bound = {
    ...withFakes(env),
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK: { send: async (message: unknown) => woken.push(message) } as unknown as typeof env.SLACK,
  };
  const event = {
    type: 'app_mention',
    user: 'U1',
    text: '<@UBOT> When does the ferry leave?',
    ts: '1.1',
    channel: 'C1',
  };
  const body = JSON.stringify({
    type: 'event_callback',
    event_id: 'Ev1',
    team_id: 'T1',
    api_app_id: 'A1',
    event,
  });
  const response = await worker.fetch(await signed(body), bound, createExecutionContext());
  expect(response.status).toBe(200);
  expect(posted).toEqual([]);
  await vi.waitFor(() => expect(woken).toHaveLength(1));
  await worker.queue({ queue: 'ibid-slack', messages: [{ body: {} }] } as never, bound);
  expect(posted.map(({ method }) => method)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^chat\./)]),
  );
  const calls = posted.length;
  await worker.queue({ queue: 'ibid-slack', messages: [{ body: {} }] } as never, bound);
  expect(posted).toHaveLength(calls);
  const forged = await worker.fetch(
    new Request('http://localhost/slack/events', { method: 'POST', body }),
    bound,
    createExecutionContext(),
  );
  expect(forged.status).toBe(401);
});
