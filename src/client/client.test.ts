import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ask, AskRequest } from '../ask/events.ts';
import { createApp } from '../http/app.ts';
import { type AssembledIbid, assembleIbid } from '../testing/assemble.ts';
import { fakeDependencies } from '../testing/http-fakes.ts';
import { type Listening, listen } from '../testing/listen.ts';
import { createClient, type IbidClient, IbidClientError } from './client.ts';

let ibid: AssembledIbid;
let server: Listening;
let client: IbidClient;
beforeAll(async () => {
  ibid = await assembleIbid();
  await ibid.ingest({
    'ferry.md': '# Ferry\n\nThe ferry leaves the harbour at nine. It carries forty cars.\n',
    'owls.md': '# Owls\n\nBarn owls nest in old barns.\n',
  });
  server = await listen(ibid.app);
  client = createClient({ baseUrl: `${server.url}/` });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await ibid[Symbol.asyncDispose]();
});

describe('The client', () => {
  it('asks, follows up, reads what was quoted, rates and forgets', async () => {
    const first = await client.ask({ question: 'When does the ferry leave the harbour?' });
    expect(first.status).toBe('answered');
    for (const citation of first.citations) {
      const { text } = await client.documents.get(citation.document_id);
      expect(text.slice(citation.start, citation.end)).toBe(citation.quote);
      expect(first.text.slice(citation.answer_start, citation.answer_end)).not.toBe('');
    }
    const { conversation_id } = first;
    const second = await client.ask({ question: 'Why does it?', conversation_id });
    expect(second.standalone_question).toContain('ferry');
    const { turns } = await client.conversations.get(conversation_id);
    expect(turns.map(({ id }) => id)).toEqual([first.id, second.id]);
    const rated = await client.feedback({ answer_id: first.id, rating: 'up' });
    expect(rated).toMatchObject({ answer_id: first.id, rating: 'up' });
    await client.conversations.delete(conversation_id);
    await expect(client.conversations.get(conversation_id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('streams the same answer that it ends with', async () => {
    let text = '';
    const citations: unknown[] = [];
    for await (const event of client.stream({ question: 'Where do barn owls nest?' })) {
      if (event.type === 'text-delta') text += event.text;
      if (event.type === 'citation-added') citations.push(event.citation);
      if (event.type === 'answer-end') expect([event.text, event.citations]).toEqual([text, citations]);
    }
    expect(text).toContain('owls');
    expect(citations).not.toEqual([]);
  });

  it('searches and lists page by page', async () => {
    const { hits } = await client.search({ query: 'owls', limit: 1 });
    expect(hits.map(({ passage }) => passage.uri)).toEqual(['owls.md']);
    const first = await client.documents.list({ limit: 1 });
    const second = await client.documents.list({ limit: 1, after: first.next ?? '' });
    const uris = [...first.documents, ...second.documents].map(({ uri }) => uri);
    expect([uris, second.next, second.total]).toEqual([['ferry.md', 'owls.md'], null, 2]);
  });

  it('brings the key, asked for anew each time', async () => {
    const { deps } = fakeDependencies({ settings: { apiKeys: ['good'] } });
    await using guarded = await listen(createApp(deps));
    const keys = ['bad', 'good'];
    const keyed = createClient({ baseUrl: guarded.url, apiKey: async () => keys.shift() });
    await expect(keyed.ask({ question: 'Who?' })).rejects.toMatchObject({
      code: 'unauthorized',
      status: 401,
    });
    expect(await keyed.ask({ question: 'Who?' })).toMatchObject({ status: 'answered' });
  });
});

describe('An error', () => {
  it('has the code, the fields and the words of the server', async () => {
    const error = await client.ask({ question: ' ' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IbidClientError);
    expect(error).toMatchObject({
      code: 'bad_request',
      status: 400,
      fields: [{ path: 'question', message: 'must not be empty' }],
      requestId: expect.any(String),
    });
  });

  it('says when to come back', async () => {
    const rateLimit = { limit: 1, windowSeconds: 60 };
    await using limited = await listen(createApp(fakeDependencies({ settings: { rateLimit } }).deps));
    const hasty = createClient({ baseUrl: limited.url });
    await hasty.search({ query: 'owls' });
    const error = await hasty.search({ query: 'owls' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rate_limited', status: 429 });
    expect((error as IbidClientError).retryAfterSeconds).toBeGreaterThan(0);
  });

  it('tells a fault in the middle of a stream, and a stream that breaks off', async () => {
    const failing: Ask = async function* () {
      yield { type: 'text-delta', text: 'The' };
      yield { type: 'ask-error', code: 'model_failed', message: 'The model is away.' };
    };
    await using faulty = await listen(createApp(fakeDependencies({ ask: failing }).deps));
    const drained = drain(createClient({ baseUrl: faulty.url }));
    await expect(drained).rejects.toMatchObject({ code: 'model_failed', message: 'The model is away.' });
    for (const destroyed of [true, false]) {
      await using cut = await cutServer(destroyed);
      await expect(drain(createClient({ baseUrl: cut.url }))).rejects.toMatchObject({ code: 'stream_cut' });
    }
  });

  it('tells that nobody answers, or somebody else', async () => {
    const nobody = createClient({ baseUrl: 'http://127.0.0.1:1' });
    await expect(nobody.ask({ question: 'Who?' })).rejects.toMatchObject({ code: 'unreachable' });
    for (const [status, body] of [
      [200, '<html>'],
      [404, 'nothing'],
      [502, 'null'],
    ] as const) {
      const other = createClient({ fetch: async () => new Response(body, { status }) });
      await expect(other.ask({ question: 'Who?' })).rejects.toMatchObject({ code: 'not_ibid', status });
    }
  });
});

describe('Stopping', () => {
  it('by the signal or by leaving the loop ends the work of the server', async () => {
    for (const way of ['signal', 'break'] as const) {
      const requests: AskRequest[] = [];
      const waiting: Ask = async function* (request) {
        requests.push(request);
        yield { type: 'text-delta', text: 'The' };
        await new Promise((resolve) => request.signal?.addEventListener('abort', resolve));
      };
      await using slow = await listen(createApp(fakeDependencies({ ask: waiting }).deps));
      const abort = new AbortController();
      const stream = createClient({ baseUrl: slow.url }).stream({ question: 'Who?' }, abort);
      const read = async () => {
        for await (const _ of stream) {
          if (way === 'break') break;
          abort.abort();
        }
      };
      if (way === 'break') await read();
      else await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
      await vi.waitFor(() => expect(requests[0]?.signal?.aborted).toBe(true));
    }
  });
});

async function drain(from: IbidClient): Promise<void> {
  for await (const _ of from.stream({ question: 'Who?' }));
}

/** Answers with half an event, and then breaks the line or ends the reply. */
async function cutServer(destroyed: boolean) {
  const broken = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"type":"text-delta","text":"The"}\n\ndata: {"type":');
    setTimeout(() => (destroyed ? response.destroy() : response.end()), 20);
  });
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(broken.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => broken.close(() => resolve())),
  };
}
