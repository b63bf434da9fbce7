import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../testing/fake-slack.ts';
import { type FakeSlackSocket, startFakeSlackSocket } from '../../testing/fake-slack-socket.ts';
import { until } from '../../testing/slack-scene.ts';
import { openSlackSocket, type SlackSocket, type SocketHandler } from './socket-mode.ts';

let slack: FakeSlack;
let server: FakeSlackSocket;
let socket: SlackSocket | undefined;
let reported: string[];

beforeEach(async () => {
  slack = await startFakeSlack();
  server = await startFakeSlackSocket();
  slack.replies.set('apps.connections.open', () => ({ ok: true, url: server.url }));
  reported = [];
});
afterEach(async () => {
  await socket?.close();
  await server[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
});

async function open(handle: SocketHandler): Promise<void> {
  const report = (message: string) => void reported.push(message);
  socket = await openSlackSocket({ appToken: 'xapp-1', apiUrl: slack.apiUrl, handle, report });
}

const event = (id: string) => ({
  ...{ type: 'events_api', envelope_id: id, accepts_response_payload: false },
  payload: { type: 'event_callback', event_id: id, event: { type: 'app_mention' } },
});

describe('Socket Mode', () => {
  test('hands over what comes, and acknowledges it when that is kept', async () => {
    const seen: unknown[] = [];
    let keep = () => {};
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    await open(async ({ type, body }) => {
      seen.push([type, body]);
      await kept;
      return type === 'slash_commands' ? { text: 'Looking it up…' } : undefined;
    });
    server.send(event('one'));
    server.send({ type: 'slash_commands', envelope_id: 'two', payload: { command: '/ask', text: 'x' } });
    await until(() => seen.length === 2);
    expect(server.received).toEqual([]);
    keep();
    await until(() => server.received.length === 2);
    expect(server.received.map(({ envelope_id }) => envelope_id)).toEqual(['one', 'two']);
    expect(server.received[1]?.payload).toEqual({ text: 'Looking it up…' });
    expect(seen).toEqual([
      ['events_api', event('one').payload],
      ['slash_commands', { command: '/ask', text: 'x' }],
    ]);
    expect(slack.calls[0]).toMatchObject({ method: 'apps.connections.open', token: 'xapp-1' });
  });

  test('does not acknowledge what could not be kept, so that Slack sends it again', async () => {
    await open(async () => {
      throw new Error('The disk is full.');
    });
    server.send(event('one'));
    await until(() => reported.length > 0);
    expect(reported[0]).toContain('The disk is full.');
    expect(server.received).toEqual([]);
  });

  test('opens again when the connection breaks, or Slack asks for it', async () => {
    await open(async () => undefined);
    server.cut();
    await until(() => server.connections() === 2);
    server.send({ type: 'disconnect', reason: 'refresh_requested' });
    await until(() => server.connections() === 3);
    server.send(event('late'));
    await until(() => server.received.some(({ envelope_id }) => envelope_id === 'late'));
  });

  test('goes on trying while Slack cannot be reached', async () => {
    slack.troubles.set('apps.connections.open', [{ kind: 'down' }, { kind: 'server-error' }]);
    await open(async () => undefined);
    expect(reported[0]).toContain('cannot be reached');
    await until(() => server.connections() === 1);
  });

  test('says which token is refused', async () => {
    slack.replies.set('apps.connections.open', () => ({ ok: false, error: 'invalid_auth' }));
    await expect(open(async () => undefined)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('SLACK_APP_TOKEN (invalid_auth)'),
    });
    socket = undefined;
  });
});
