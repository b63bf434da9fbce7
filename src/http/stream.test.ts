import { afterEach, describe, expect, it, vi } from 'vitest';
import { answeredEvents, createFakeAsk, fakeDependencies } from '../testing/http-fakes.ts';
import { waitingAsk } from '../testing/waiting-ask.ts';
import { createApp } from './app.ts';

const asking = {
  method: 'POST',
  body: JSON.stringify({ question: 'How much leave?' }),
  headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
};

afterEach(() => {
  vi.useRealTimers();
});

describe('A streamed answer', () => {
  it('names its events in order and is not buffered on the way', async () => {
    const app = createApp(fakeDependencies().deps);
    const response = await app.request('/v1/ask', asking);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('cache-control')).toContain('no-cache');
    const names = [...(await response.text()).matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
    expect(names).toEqual(answeredEvents('').map(({ type }) => type));
  });

  it('tells a fault as an ask-error, without its details when they are internal', async () => {
    const { deps, logged } = fakeDependencies({
      ask: createFakeAsk(() => {
        throw new Error('secret path /srv');
      }),
    });
    const response = await createApp(deps).request('/v1/ask', asking);
    const text = await response.text();
    expect(text).toContain('event: ask-error\n');
    expect(text).toContain('"code":"internal"');
    expect(text).not.toContain('secret');
    expect(logged).toContainEqual(expect.objectContaining({ event: 'fault', message: 'secret path /srv' }));
  });

  it('pings every 15 seconds while nothing else is said', async () => {
    vi.useFakeTimers();
    const { ask } = waitingAsk();
    const response = await createApp(fakeDependencies({ ask }).deps).request('/v1/ask', asking);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toContain('event: passages-found');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await read()).toBe(': ping\n\n');
    await reader.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is aborted when its reader leaves, counted so, and logged when it ends', async () => {
    const { ask, requests, ended } = waitingAsk();
    const { deps, logged } = fakeDependencies({ ask });
    const app = createApp(deps);
    const response = await app.request('/v1/ask', asking);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    expect(logged).toEqual([]);
    await reader.cancel();
    await ended;
    expect(requests[0]?.signal?.aborted).toBe(true);
    expect(logged).toMatchObject([{ event: 'request', path: '/v1/ask', status: 200 }]);
    await vi.waitFor(async () => {
      const metrics = await (await app.request('/metrics')).text();
      expect(metrics).toContain('ibid_asks_total{outcome="aborted"} 1');
      expect(metrics).toContain('ibid_asks_running 0');
    });
  });
});
