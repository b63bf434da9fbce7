import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ask, AskRequest } from '../ask/events.ts';
import { createApp } from '../http/app.ts';
import type { AskResponse } from '../http/schemas/ask.ts';
import type { Document } from '../model/document.ts';
import { DOUBT } from '../model/doubt.ts';
import { getJson } from '../testing/ask-over-http.ts';
import { type AssembledIbid, assembleIbid } from '../testing/assemble.ts';
import {
  answeredEvents,
  createFakeAsk,
  createFakeStore,
  declinedEvents,
  doubtfulEvents,
  fakeDependencies,
  HANDBOOK,
} from '../testing/http-fakes.ts';
import { type Listening, listen } from '../testing/listen.ts';

const QUESTION = 'When does the ferry leave the harbour?';

let ibid: AssembledIbid;
let server: Listening;
beforeAll(async () => {
  ibid = await assembleIbid();
  await ibid.ingest({
    'ferry.md': '# Ferry\n\nThe ferry leaves the harbour at nine. It carries forty cars.\n',
    'owls.md': '# Owls\n\nBarn owls nest in old barns.\n',
  });
  server = await listen(ibid.app);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await ibid[Symbol.asyncDispose]();
});

interface ToolResult {
  readonly isError?: boolean | undefined;
  readonly content?: unknown;
  readonly structuredContent?: unknown;
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: { progress: number; message?: string | undefined }) => void;
}

/** What the tests need of a client, which the official ones of both lines offer. */
interface AnyClient extends AsyncDisposable {
  tools(): Promise<{ name: string; description?: string | undefined }[]>;
  call(name: string, args: Record<string, unknown>, options?: CallOptions): Promise<ToolResult>;
  resources(
    cursor?: string,
  ): Promise<{ resources: { uri: string; name: string }[]; nextCursor?: string | undefined }>;
  templates(): Promise<string[]>;
  read(uri: string): Promise<string>;
}

type Connect = (url: string, headers?: Record<string, string>) => Promise<AnyClient>;

const ABOUT = { name: 'test', version: '1' };

const connectNew: Connect = async (url, headers = {}) => {
  const client = new Client(ABOUT, { versionNegotiation: { mode: 'auto' } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }),
  );
  return {
    tools: async () => (await client.listTools()).tools,
    call: (name, args, options = {}) => client.callTool({ name, arguments: args }, options),
    resources: (cursor) => client.listResources(cursor === undefined ? {} : { cursor }),
    templates: async () =>
      (await client.listResourceTemplates()).resourceTemplates.map((one) => one.uriTemplate),
    read: async (uri) => textIn((await client.readResource({ uri })).contents),
    [Symbol.asyncDispose]: () => client.close(),
  };
};

const connectOlder: Connect = async (url, headers = {}) => {
  const client = new OlderClient(ABOUT);
  await client.connect(new OlderTransport(new URL(`${url}/mcp`), { requestInit: { headers } }) as never);
  return {
    tools: async () => (await client.listTools()).tools,
    call: (name, args, options = {}) =>
      client.callTool({ name, arguments: args }, undefined, options) as Promise<ToolResult>,
    resources: (cursor) => client.listResources(cursor === undefined ? {} : { cursor }),
    templates: async () =>
      (await client.listResourceTemplates()).resourceTemplates.map((one) => one.uriTemplate),
    read: async (uri) => textIn((await client.readResource({ uri })).contents),
    [Symbol.asyncDispose]: () => client.close(),
  };
};

function textIn(contents: readonly object[]): string {
  const [first] = contents;
  return first !== undefined && 'text' in first ? String(first.text) : '';
}

function textOf({ content }: ToolResult): string {
  return textIn(content as object[]);
}

describe.each([
  ['@modelcontextprotocol/client', connectNew],
  ['@modelcontextprotocol/sdk', connectOlder],
] as const)('With %s', (_name, connect) => {
  it('asks, with quotes to read and the same as structured content', async () => {
    await using client = await connect(server.url);
    expect((await client.tools()).map(({ name }) => name)).toEqual(['ask', 'search']);
    const result = await client.call('ask', { question: QUESTION });
    const answer = result.structuredContent as AskResponse;
    expect([result.isError ?? false, answer.status]).toEqual([false, 'answered']);
    expect(answer.citations.length).toBeGreaterThan(0);
    for (const { quote, document_id, start, end, marker } of answer.citations) {
      expect(textOf(result)).toContain(`[${marker}] “${quote}”`);
      const uri = `ibid://documents/${document_id}`;
      expect(textOf(result)).toContain(`characters ${start} to ${end} of ${uri}`);
      expect((await client.read(uri)).slice(start, end)).toBe(quote);
    }
    const { conversation_id } = answer;
    const second = await client.call('ask', { question: 'Why does it?', conversation_id });
    const follow = second.structuredContent as AskResponse;
    expect(follow.standalone_question).toContain('ferry');
    expect(follow.conversation_id).toBe(conversation_id);
  });

  it('tells how far it is to a client that wants to know, sentence by sentence', async () => {
    await using client = await connect(server.url);
    const told: { progress: number; message?: string | undefined }[] = [];
    const onprogress = (progress: { progress: number }) => told.push(progress);
    const result = await client.call('ask', { question: QUESTION }, { onprogress });
    const { text } = result.structuredContent as AskResponse;
    expect(told.map(({ progress }) => progress)).toEqual(told.map((_, i) => i + 1));
    expect(told[0]?.message).toMatch(/^\d+ passages? found for “When does/);
    expect(
      told
        .slice(1)
        .map(({ message }) => message)
        .join(' '),
    ).toBe(text);
  });

  it('searches, word for word', async () => {
    await using client = await connect(server.url);
    const result = await client.call('search', { query: 'owls', limit: 1 });
    expect(result.structuredContent).toMatchObject({ hits: [{ passage: { uri: 'owls.md' } }] });
    expect(textOf(result)).toContain('Barn owls nest in old barns.');
  });

  it('lists the documents page by page, and reads them', async () => {
    const documents = Array.from({ length: 120 }, (_, i): Document => {
      const number = String(i).padStart(3, '0');
      return { ...HANDBOOK, id: `doc_${number}`, uri: `notes/${number} ü.md`, text: `Note ${number}.` };
    });
    const { deps } = fakeDependencies({ store: createFakeStore(documents) });
    await using many = await listen(createApp(deps));
    await using client = await connect(many.url);
    const uris: string[] = [];
    for (let page = await client.resources(); ; page = await client.resources(page.nextCursor)) {
      uris.push(...page.resources.map(({ uri }) => uri));
      if (page.nextCursor === undefined || uris.length >= 120) break;
    }
    expect(uris).toEqual(documents.map(({ id }) => `ibid://documents/${id}`));
    expect(await client.read('ibid://documents/doc_007')).toBe('Note 007.');
    await expect(client.read('ibid://documents/doc_gone')).rejects.toThrow('doc_gone');
    await expect(client.read('file:///etc/passwd')).rejects.toThrow('passwd');
    expect(await client.templates()).toEqual(['ibid://documents/{document_id}']);
  });

  it('tells to which part of a question the documents hold no answer', async () => {
    const ask = createFakeAsk((question) =>
      answeredEvents(question).map((event) =>
        event.type === 'answer-end' && event.answer.status === 'answered'
          ? { ...event, answer: { ...event.answer, unanswered: ['Who decides?'] } }
          : event,
      ),
    );
    await using partly = await listen(createApp(fakeDependencies({ ask }).deps));
    await using client = await connect(partly.url);
    const answer = await client.call('ask', { question: 'How much leave, and who decides?' });
    expect(textOf(answer)).toContain('The documents hold no answer to: Who decides?');
    expect(answer.structuredContent).toMatchObject({ status: 'answered', unanswered: ['Who decides?'] });
  });

  it('says so when an answer is less likely than not to be one', async () => {
    const ask = createFakeAsk(doubtfulEvents);
    await using doubtful = await listen(createApp(fakeDependencies({ ask }).deps));
    await using client = await connect(doubtful.url);
    const answer = await client.call('ask', { question: 'How much leave?' });
    expect(textOf(answer)).toContain(DOUBT);
    expect(answer.structuredContent).toMatchObject({ status: 'answered', confidence: 0.4 });
  });

  it('tells a decline as one, and a fault with what to do', async () => {
    const { deps } = fakeDependencies({ ask: createFakeAsk(declinedEvents) });
    await using declining = await listen(createApp(deps));
    await using client = await connect(declining.url);
    const declined = await client.call('ask', { question: 'Who?' });
    expect(declined.structuredContent).toMatchObject({ status: 'declined', citations: [] });
    expect(textOf(declined)).toContain('Declined: The documents do not answer this.');
    expect(textOf(declined)).toContain('none of which answers it');
    await using whole = await connect(server.url);
    const unknown = await whole.call('ask', { question: 'Who?', conversation_id: 'conv_gone' });
    expect([unknown.isError, textOf(unknown)]).toEqual([
      true,
      expect.stringContaining('Leave conversation_id out'),
    ]);
    const wrong = await whole.call('ask', { question: ' ' }).catch((thrown: Error) => thrown);
    expect(JSON.stringify(wrong) + String(wrong)).toContain('must not be empty');
  });

  it('hides what is internal, and logs it', async () => {
    const broken: Ask = async function* () {
      yield { type: 'ask-error', code: 'internal', message: 'secret path /srv' };
    };
    const { deps, logged } = fakeDependencies({
      ask: broken,
      search: () => Promise.reject(new Error('secret path /srv')),
    });
    await using faulty = await listen(createApp(deps));
    await using client = await connect(faulty.url);
    for (const [tool, args] of [
      ['ask', { question: 'Who?' }],
      ['search', { query: 'who' }],
    ] as const) {
      const result = await client.call(tool, args);
      expect([result.isError, textOf(result)]).toEqual([
        true,
        expect.stringMatching(/request req_\d+ in the log/),
      ]);
    }
    expect(logged.filter(({ event }) => event === 'fault')).toMatchObject([
      { message: 'secret path /srv' },
      { message: 'secret path /srv' },
    ]);
  });

  it('needs the key that /v1 needs', async () => {
    await using guarded = await listen(createApp(fakeDependencies({ settings: { apiKeys: ['good'] } }).deps));
    await expect(connect(guarded.url, { authorization: 'Bearer bad' })).rejects.toThrow(
      /401|API key|authoriz/i,
    );
    await using client = await connect(guarded.url, { authorization: 'Bearer good' });
    expect((await client.call('ask', { question: 'Who?' })).isError ?? false).toBe(false);
  });

  it('stops when the client does', async () => {
    const requests: AskRequest[] = [];
    const waiting: Ask = async function* (request) {
      requests.push(request);
      await new Promise((resolve) => request.signal?.addEventListener('abort', resolve));
      yield { type: 'ask-error', code: 'internal', message: 'aborted' };
    };
    await using slow = await listen(createApp(fakeDependencies({ ask: waiting }).deps));
    const client = await connect(slow.url);
    const call = client.call('ask', { question: 'Who?' });
    call.catch(() => {});
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    await client[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(requests[0]?.signal?.aborted).toBe(true));
  });
});

describe('With @modelcontextprotocol/client', () => {
  it('stops when a call is cancelled, and the client goes on', async () => {
    const requests: AskRequest[] = [];
    const waiting: Ask = async function* (request) {
      requests.push(request);
      await new Promise((resolve) => request.signal?.addEventListener('abort', resolve));
      yield { type: 'ask-error', code: 'internal', message: 'aborted' };
    };
    await using slow = await listen(createApp(fakeDependencies({ ask: waiting }).deps));
    await using client = await connectNew(slow.url);
    const abort = new AbortController();
    const call = client.call('ask', { question: 'Who?' }, { signal: abort.signal, onprogress: () => {} });
    call.catch(() => {});
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    abort.abort();
    await expect(call).rejects.toThrow();
    await vi.waitFor(() => expect(requests[0]?.signal?.aborted).toBe(true));
    expect((await client.tools()).length).toBe(2);
  });
});

describe('POST /mcp', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: ABOUT },
  };
  const post = (headers: Record<string, string>, settings: object = {}) =>
    createApp(fakeDependencies({ settings: { loopbackOnly: true, ...settings } }).deps).request(
      'http://localhost:8787/mcp',
      {
        method: 'POST',
        body: JSON.stringify(initialize),
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
      },
    );

  it('answers its own host names and pages, and no others', async () => {
    const proxied = { allowedOrigins: ['https://docs.example.org'] };
    for (const [headers, settings, status] of [
      [{}, {}, 200],
      [{ host: '127.0.0.1:8787' }, {}, 200],
      [{ host: 'localhost:8787', origin: 'http://localhost:8787' }, {}, 200],
      [{ host: 'rebound.example:8787' }, {}, 403],
      [{ host: 'rebound.example:8787', origin: 'http://rebound.example:8787' }, {}, 403],
      [{ origin: 'https://evil.example' }, {}, 403],
      [{ origin: 'null' }, {}, 403],
      [{ host: 'docs.example.org' }, proxied, 200],
      [{ host: 'docs.example.org', origin: 'https://docs.example.org' }, proxied, 200],
      [{ host: 'other.example' }, proxied, 403],
      [{ host: 'docs.example.org' }, { loopbackOnly: false }, 200],
      [{ host: 'docs.example.org', authorization: 'Bearer good' }, { apiKeys: ['good'] }, 200],
      [{ host: 'docs.example.org' }, { apiKeys: ['good'] }, 401],
    ] as const) {
      const response = await post(headers, settings);
      expect([headers, response.status]).toEqual([headers, status]);
      expect(response.headers.get('x-request-id')).not.toBeNull();
    }
  });

  it('describes its tools so that a model knows what to send', async () => {
    await using client = await connectNew(server.url);
    const [ask] = await client.tools();
    expect(ask).toMatchObject({
      description: expect.stringContaining('declines'),
      inputSchema: {
        required: ['question'],
        properties: { question: { description: expect.any(String) }, conversation_id: { type: 'string' } },
      },
      outputSchema: { required: expect.arrayContaining(['status', 'citations']) },
      annotations: { readOnlyHint: true },
    });
  });

  it('takes no GET, refuses a large body, and is in /openapi.json', async () => {
    expect((await fetch(`${server.url}/mcp`)).status).toBe(405);
    const large = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `"${'x'.repeat(70_000)}"`,
    });
    expect(large.status).toBe(413);
    const { paths } = await getJson<{ paths: Record<string, object> }>(ibid.app, '/openapi.json');
    expect(paths).toHaveProperty(['/mcp']);
  });
});
