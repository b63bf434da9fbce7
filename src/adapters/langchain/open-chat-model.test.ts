import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelError } from '../../model/model-error.ts';
import type { ChatPart } from '../../ports/chat-model.ts';
import {
  FAKE_TOKENS,
  type FakeModelServer,
  type ModelReply,
  startFakeModelServer,
} from '../../testing/fake-model-server.ts';
import { openChatModel } from './open-chat-model.ts';

const KEY = 'sk-test';
const TEXT = 'Die Eule frißt Mäuse – „jede Nacht“. 猫頭鷹 🦉 sleeps. [1]';

let server: FakeModelServer;
beforeAll(async () => {
  server = await startFakeModelServer({ key: KEY });
});
afterAll(() => server.close());

const PROVIDERS = ['openai', 'anthropic', 'ollama'] as const;
type Provider = (typeof PROVIDERS)[number];

function open(provider: Provider, changes: { model?: string; apiKey?: string; baseUrl?: string } = {}) {
  const baseUrl = provider === 'openai' ? `${server.url}/v1` : server.url;
  return openChatModel({ provider, model: 'fake', apiKey: KEY, baseUrl, contextTokens: 4096, ...changes });
}

async function replyOf(provider: Provider, changes = {}, signal = new AbortController().signal) {
  const model = await open(provider, changes);
  const parts: ChatPart[] = [];
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Wo ist die Eule? 🦉' },
  ] as const;
  for await (const part of model.stream({ messages, maxTokens: 200, signal })) parts.push(part);
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  return { text, end: parts.at(-1), parts };
}

async function faultOf(provider: Provider, reply: ModelReply, changes = {}): Promise<ModelError> {
  server.say(reply);
  const fault = await replyOf(provider, changes).then(
    ({ end }) => end,
    (error: unknown) => error,
  );
  if (fault instanceof ModelError) return fault;
  throw new Error(`Expected a ModelError, got ${JSON.stringify(fault)} ${String(fault)}.`);
}

describe.each(PROVIDERS)('A chat model of %s', (provider) => {
  it('is told the messages in their roles, and streams its text with the tokens used', async () => {
    server.say({ text: TEXT });
    const { text, end, parts } = await replyOf(provider);
    expect(text).toBe(TEXT);
    expect(end).toEqual({ type: 'end', finish: 'stop', tokens: FAKE_TOKENS });
    expect(parts.length).toBeGreaterThan(3);
    const request = server.requests.at(-1);
    expect(request?.wire).toBe(provider);
    expect(request?.prompt).toBe('Be brief.\nWo ist die Eule? 🦉');
    expect(JSON.stringify(request?.body)).toContain('200');
    expect(JSON.stringify(request?.body)).toContain('"temperature":0');
  });

  it('gives the same text however the stream is cut, within characters and lines', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    const check = async (pieces: number[], bytes: number[]) => {
      server.say({ text: TEXT, pieces, bytes });
      expect((await replyOf(provider)).text).toBe(TEXT);
    };
    await fc.assert(fc.asyncProperty(sizes, sizes, check), { numRuns: 12 });
  });

  it('names each fault, and whether it may pass', async () => {
    const named = async (reply: ModelReply, changes = {}) => {
      const { fault, mayPass } = await faultOf(provider, reply, changes);
      return [fault, mayPass];
    };
    expect(await named({}, { apiKey: 'sk-wrong' })).toEqual(['key_refused', false]);
    expect(await named({}, { model: 'missing' })).toEqual(['model_unknown', false]);
    expect(await named({}, { baseUrl: 'http://127.0.0.1:9' })).toEqual(['unreachable', true]);
    expect(await named({ status: 500 })).toEqual(['server_failed', true]);
    expect(await named({ status: 529 })).toEqual(['server_failed', true]);
    expect(await named({ status: 400, message: 'too long' })).toEqual(['request_refused', false]);
    expect(await named({ status: 400, message: 'content_filter triggered' })).toEqual(['filtered', false]);
    expect(await named({ status: 429, message: 'insufficient_quota' })).toEqual(['quota_used_up', false]);
    for (const breaks of ['reset', 'close', 'error'] as const)
      expect(await named({ text: TEXT, breakAfter: 2, breaks })).toEqual(['broken', true]);
    expect(await named({ text: TEXT, finish: 'filtered' })).toEqual(['filtered', false]);
  });

  it('says what to do about a wrong key, and does not repeat the key', async () => {
    const { message, code } = await faultOf(provider, {}, { apiKey: 'sk-wrong' });
    expect(code).toBe('model_failed');
    expect(message).toContain('IBID_MODEL_API_KEY');
    expect(message).not.toContain('sk-wrong');
  });

  it('says how long to wait, in seconds or by date', async () => {
    const inSeconds = await faultOf(provider, { status: 429, headers: { 'retry-after': '7' } });
    expect([inSeconds.fault, inSeconds.retryAfter]).toEqual(['rate_limited', 7000]);
    const date = new Date(Date.now() + 60_000).toUTCString();
    const byDate = await faultOf(provider, { status: 429, headers: { 'retry-after': date } });
    expect(byDate.retryAfter).toBeGreaterThan(50_000);
    expect(byDate.retryAfter).toBeLessThanOrEqual(60_000);
  });

  it('tells a reply that was cut off', async () => {
    server.say({ text: TEXT, finish: 'length' });
    expect((await replyOf(provider)).end).toMatchObject({ type: 'end', finish: 'length' });
  });

  it('ends the request to the server when it is aborted, before the first byte and after', async () => {
    for (const reply of [{ delayMs: 60_000 }, { text: TEXT, hangAfter: 2 }]) {
      server.say(reply);
      const before = server.requests.length;
      const abort = new AbortController();
      const running = replyOf(provider, {}, abort.signal);
      while (server.requests.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
      abort.abort(new Error('The asker left.'));
      await expect(running).rejects.toThrow('The asker left.');
      await server.requests.at(-1)?.left;
    }
  });

  it('leaves out of further requests what the model does not take', async () => {
    const model = await open(provider);
    const refused = { status: 400, message: "Unsupported value: 'temperature' does not support 0." };
    server.say(({ body }) => (JSON.stringify(body).includes('"temperature"') ? refused : { text: TEXT }));
    const before = server.requests.length;
    for (let i = 0; i < 2; i++) {
      const request = { messages: [], maxTokens: 9, signal: new AbortController().signal };
      const asked = { ...request, messages: [{ role: 'user', content: 'Hi' }] as const };
      let text = '';
      for await (const part of model.stream(asked)) if (part.type === 'text') text += part.text;
      expect(text).toBe(TEXT);
    }
    expect(server.requests.length - before).toBe(3);
  });
});

describe('A chat model without a key', () => {
  it('sends none', async () => {
    const open = await startFakeModelServer();
    open.say({ text: 'Hello.' });
    for (const provider of PROVIDERS) {
      const baseUrl = provider === 'openai' ? `${open.url}/v1/` : `${open.url}/`;
      const model = await openChatModel({ provider, model: 'fake', baseUrl, contextTokens: 4096 });
      const messages = [{ role: 'user', content: 'Hi' }] as const;
      const request = { messages, maxTokens: 9, signal: new AbortController().signal };
      for await (const _ of model.stream(request));
    }
    expect(open.requests.map(({ wire }) => wire)).toEqual([...PROVIDERS]);
    for (const { headers } of open.requests) {
      expect(headers.authorization).toBeUndefined();
      expect(headers['x-api-key']).toBeUndefined();
    }
    await open.close();
  });
});
