import { type AddressInfo, createConnection } from 'node:net';
import { serve } from '@hono/node-server';
import { describe, expect, it, vi } from 'vitest';
import { fakeDependencies } from '../testing/http-fakes.ts';
import { waitingAsk } from '../testing/waiting-ask.ts';
import { createApp } from './app.ts';

const asking = {
  method: 'POST',
  body: JSON.stringify({ question: 'How much leave?' }),
  headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
};

describe('Over a socket', () => {
  async function listen(overrides: Parameters<typeof fakeDependencies>[0] = {}) {
    const { deps, logged } = fakeDependencies(overrides);
    const server = serve({ fetch: createApp(deps).fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, port, logged, [Symbol.dispose]: () => void server.close() };
  }

  it('answers, streams and refuses as it does in process', async () => {
    using server = await listen();
    const { accept: _accept, ...headers } = asking.headers;
    const json = await fetch(`${server.url}/v1/ask`, { ...asking, headers });
    expect(await json.json()).toMatchObject({ status: 'answered' });
    const stream = await fetch(`${server.url}/v1/ask`, asking);
    expect(await stream.text()).toContain('event: answer-end');
    const refused = await fetch(`${server.url}/v1/ask`, { ...asking, body: '{' });
    expect(refused.status).toBe(400);
  });

  it('aborts the answer when the client disconnects', async () => {
    const { ask, requests, ended } = waitingAsk();
    using server = await listen({ ask });
    const abort = new AbortController();
    const response = await fetch(`${server.url}/v1/ask`, { ...asking, signal: abort.signal });
    await response.body?.getReader().read();
    abort.abort();
    await ended;
    expect(requests[0]?.signal?.aborted).toBe(true);
  });

  it('aborts an answer in JSON too when the client disconnects', async () => {
    const { ask, requests, ended } = waitingAsk();
    using server = await listen({ ask });
    const abort = new AbortController();
    const { accept: _accept, ...headers } = asking.headers;
    const pending = fetch(`${server.url}/v1/ask`, { ...asking, headers, signal: abort.signal }).catch(
      () => 'gone',
    );
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    abort.abort();
    expect(await pending).toBe('gone');
    await ended;
    await vi.waitFor(() => expect(server.logged).toMatchObject([{ event: 'request' }]));
    expect(requests[0]?.signal?.aborted).toBe(true);
  });

  it('refuses a chunked body past the limit, and lives', async () => {
    using server = await listen();
    const answer = await raw(server.port, [
      'POST /v1/ask HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      ...Array.from({ length: 8 }, () => `2710\r\n${'a'.repeat(10_000)}\r\n`),
      '0\r\n\r\n',
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('survives paths, hosts and bytes that are not what they should be', async () => {
    using server = await listen();
    for (const head of [
      'GET /%ff%00/..%2f HTTP/1.1\r\nHost: x',
      'GET //evil HTTP/1.1\r\nHost: x',
      'GET / HTTP/1.1\r\nHost: a b',
      '\x00\x01',
    ]) {
      expect(await raw(server.port, [`${head}\r\nConnection: close\r\n\r\n`])).not.toMatch(/^HTTP\/1\.1 5/);
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  function raw(port: number, parts: readonly string[]): Promise<string> {
    return new Promise((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        for (const part of parts) socket.write(part);
      });
      let answer = '';
      socket.on('data', (data) => {
        answer += data.toString();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(answer));
    });
  }
});
