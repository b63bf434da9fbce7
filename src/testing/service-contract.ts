import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskResponse } from '../http/schemas/ask.ts';
import { SERVICE_SETTINGS } from './service-settings.ts';

/** A running Ibid with `SERVICE_SETTINGS` and no documents. */
export interface RunningService {
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  readonly close: () => Promise<void>;
}

const LEAVE =
  '# Leave\n\nEvery employee has 28 days of leave a year. Up to five days may be carried over until the end of March.\n\n' +
  '## Sick leave\n\nA doctor’s note is needed from the fourth day of illness. 🤒\n';
const FERRY = 'The ferry leaves the harbour at nine. It carries forty cars across the bay.\n';

/** What every deployment of Ibid owes its clients, whatever it runs on: asked over HTTP, answered by the whole of it. */
export function serviceContract(name: string, open: () => Promise<RunningService>): void {
  describe(`${name} serves as any other Ibid does`, () => {
    let service: RunningService;
    const get = (path: string, headers: Record<string, string> = {}) => service.request(path, { headers });
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      service.request(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const ask = async (question: string, more: object = {}): Promise<AskResponse> =>
      (await (await post('/v1/ask', { question, ...more })).json()) as AskResponse;

    beforeAll(async () => {
      service = await open();
      const form = new FormData();
      form.append('file', new File([LEAVE], 'leave.md', { type: 'text/markdown' }));
      const files = await service.request('/v1/documents', { method: 'POST', body: form, headers: ADMIN });
      expect(files.status).toBe(201);
      const text = await post(
        '/v1/documents',
        { uri: 'ferry.txt', title: 'Ferry', text: FERRY, metadata: { team: 'port' } },
        ADMIN,
      );
      expect(text.status).toBe(201);
    }, 120_000);
    afterAll(() => service.close());

    it('lives, is ready, and describes itself', async () => {
      expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
      expect((await get('/readyz')).status).toBe(200);
      const { paths } = (await (await get('/openapi.json')).json()) as { paths: object };
      expect(Object.keys(paths)).toEqual(
        expect.arrayContaining(['/v1/ask', '/v1/search', '/v1/documents/{id}', '/v1/ingest', '/mcp']),
      );
      expect(await (await get('/llms.txt')).text()).toContain('POST /v1/ask');
      expect(await (await get('/metrics')).text()).toContain('ibid_http_requests_total');
    });

    it.each([
      ['/', 'text/html'],
      ['/docs', 'text/html'],
      ['/docs/swagger-ui.css', 'text/css'],
      ['/docs/swagger-ui-bundle.js', 'text/javascript'],
    ])('serves the file %s with its type and headers', async (path, type) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain(type);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await response.text()).length).toBeGreaterThan(100);
    });

    it('answers with citations that slice verbatim out of the documents that it serves', async () => {
      const answer = await ask('How many days of leave does every employee have?');
      expect(answer.status).toBe('answered');
      expect(answer.citations[0]).toMatchObject({
        uri: 'upload/leave.md',
        quote: 'Every employee has 28 days of leave a year.',
      });
      for (const { document_id, start, end, quote } of answer.citations) {
        const document = (await (await get(`/v1/documents/${document_id}`)).json()) as { text: string };
        expect(document.text.slice(start, end)).toBe(quote);
      }
      for (const { answer_start, answer_end } of answer.citations)
        expect(answer.text.slice(answer_start, answer_end)).not.toBe('');
    });

    it('declines what the documents do not say, with what came closest', async () => {
      const answer = await ask('Who won the football cup in 1954?');
      expect(answer).toMatchObject({ status: 'declined', citations: [] });
    });

    it('streams the same answer as events', async () => {
      const response = await post(
        '/v1/ask',
        { question: 'When does the ferry leave?' },
        { accept: 'text/event-stream' },
      );
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      const events = (await response.text())
        .split('\n\n')
        .filter((event) => event.startsWith('event:'))
        .map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '{}') as { type: string });
      expect(events.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['passages-found', 'text-delta', 'citation-added', 'answer-end']),
      );
      const whole = await ask('When does the ferry leave?');
      expect(events.at(-1)).toMatchObject({ type: 'answer-end', text: whole.text, status: 'answered' });
    });

    it('gives everything out to be moved, and takes it in again, for its admin alone', async () => {
      await ask('When does the ferry leave?');
      const lines = (path: string) => get(path, ADMIN).then((reply) => reply.text());
      const [documents, conversations] = await Promise.all(
        ['documents', 'conversations'].map((part) => lines(`/v1/export?part=${part}`)),
      );
      const send = (body: string, headers: Record<string, string> = ADMIN) =>
        service.request('/v1/import', { method: 'POST', body, headers });
      expect((await get('/v1/export?part=documents')).status).toBe(401);
      expect((await send(`${documents}`, {})).status).toBe(401);
      const same = await send(`${documents}${conversations}`);
      expect(await same.json()).toEqual({
        documents: { added: 0, changed: 0, unchanged: 2 },
        turns: 0,
        expired: 0,
      });
      const [ferry] = `${documents}`.split('\n').filter((line) => line.includes('ferry.txt'));
      const tram = `${ferry}`.replaceAll('ferry', 'trams').replaceAll('Ferry', 'Trams');
      expect((await send(`${tram}\n{`)).status).toBe(400);
      expect(await (await send(tram)).json()).toMatchObject({ documents: { added: 1 } });
      expect((await ask('When do the trams leave the harbour?')).citations[0]?.uri).toBe('upload/trams.txt');
      const { documents: listed } = (await (await get('/v1/documents')).json()) as {
        documents: { id: string; uri: string }[];
      };
      const { id } = listed.find(({ uri }) => uri === 'upload/trams.txt') ?? {};
      const removed = await service.request(`/v1/documents/${id}`, { method: 'DELETE', headers: ADMIN });
      expect(removed.ok).toBe(true);
    });

    it('continues a conversation, shows it as given, and forgets it', async () => {
      const first = await ask('When does the ferry leave?');
      const id = first.conversation_id ?? '';
      const second = await ask('How many cars does it carry?', { conversation_id: id });
      expect(second.conversation_id).toBe(id);
      const conversation = (await (await get(`/v1/conversations/${id}`)).json()) as {
        turns: { id: string; text: string }[];
      };
      expect(conversation.turns.map((turn) => [turn.id, turn.text])).toEqual([
        [first.id, first.text],
        [second.id, second.text],
      ]);
      expect((await service.request(`/v1/conversations/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect((await get(`/v1/conversations/${id}`)).status).toBe(404);
      expect((await post('/v1/ask', { question: 'And now?', conversation_id: id })).status).toBe(404);
    });

    it('searches, and within what a filter lets through', async () => {
      const search = async (more: object) =>
        (await (await post('/v1/search', { query: 'days of leave, ferry', ...more })).json()) as {
          hits: { passage: { uri: string } }[];
        };
      const uris = ({ hits }: Awaited<ReturnType<typeof search>>) =>
        new Set(hits.map(({ passage }) => passage.uri));
      expect(uris(await search({}))).toEqual(new Set(['upload/leave.md', 'upload/ferry.txt']));
      expect(uris(await search({ filter: { team: 'port' } }))).toEqual(new Set(['upload/ferry.txt']));
      expect(uris(await search({ filter: { team: 'nobody' } }))).toEqual(new Set());
    });

    it('keeps ratings and shows what did not satisfy to the admin alone', async () => {
      const { id } = await ask('How many days may be carried over?');
      const rating = { answer_id: id, rating: 'down', comment: 'Say until when.' };
      expect((await post('/v1/feedback', rating)).status).toBe(200);
      expect((await post('/v1/feedback', { ...rating, answer_id: 'ans_none' })).status).toBe(404);
      expect((await get('/v1/insights')).status).toBe(401);
      expect(await (await get('/v1/insights', ADMIN)).text()).toContain('How many days may be carried over?');
    });

    it('takes documents that were read elsewhere, until they are found', async () => {
      const document = {
        ...{ uri: 'sent/owls.pdf', title: 'Owls', media_type: 'application/pdf', metadata: {} },
        text: 'Barn owls nest in the old mill by the river.\n',
        structure: { headings: [], pages: [{ start: 0, number: 7 }], atoms: [] },
      };
      const body = { source: 'folder:test', documents: [document] };
      expect((await post('/v1/ingest', body)).status).toBe(401);
      expect(
        (await post('/v1/ingest', { ...body, documents: [{ ...document, text: 'a\r\nb' }] }, ADMIN)).status,
      ).toBe(400);
      expect((await post('/v1/ingest', body, ADMIN)).status).toBe(202);
      await expect
        .poll(async () => (await get('/v1/ingest', ADMIN)).json(), { timeout: 30_000, interval: 250 })
        .toEqual({ waiting: 0, failed: [], settling: 0 });
      expect(await ask('Where do barn owls nest?')).toMatchObject({
        status: 'answered',
        citations: [{ uri: 'sent/owls.pdf', page: 7 }],
      });
      const { documents } = (await (await get('/v1/documents')).json()) as {
        documents: { id: string; uri: string; origin: string; content_hash: string }[];
      };
      const sent = documents.find(({ uri }) => uri === 'sent/owls.pdf');
      expect(sent).toMatchObject({
        origin: 'sent:folder:test',
        content_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      const path = `/v1/documents/${sent?.id}`;
      expect((await service.request(path, { method: 'DELETE' })).status).toBe(401);
      expect((await service.request(path, { method: 'DELETE', headers: ADMIN })).status).toBe(204);
      expect((await get(path)).status).toBe(404);
      expect((await ask('Where do barn owls nest?')).status).toBe('declined');
    }, 60_000);

    it('answers OpenAI’s and the AI SDK’s formats and MCP', async () => {
      const messages = [{ role: 'user', content: 'When does the ferry leave?' }];
      const chat = (await (await post('/v1/chat/completions', { model: 'ibid', messages })).json()) as {
        choices: { message: { content: string; annotations: object[] } }[];
      };
      expect(chat.choices[0]?.message.content).toContain('nine');
      expect(chat.choices[0]?.message.annotations).not.toHaveLength(0);
      const parts = [{ type: 'text', text: 'When does the ferry leave?' }];
      const ui = await post('/v1/ui-stream', { id: 'c', messages: [{ id: 'm', role: 'user', parts }] });
      expect(ui.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
      expect(await ui.text()).toContain('[DONE]');
      const mcp = await post(
        '/mcp',
        { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
        { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18' },
      );
      expect(await mcp.text()).toContain('"ask"');
    });

    it.each([
      ['an unknown field', '{"question":"x?","colour":"red"}', 400],
      ['broken JSON', '{"question":', 400],
      ['no question', '{}', 400],
      ['a lone surrogate', '{"question":"\\ud800"}', 400],
      ['a body of 100 kB', JSON.stringify({ question: 'a'.repeat(100_000) }), 413],
      ['an unknown conversation', '{"question":"x?","conversation_id":"conv_none"}', 404],
    ])('refuses %s with a problem', async (_name, body, status) => {
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
      const response = await service.request('/v1/ask', init);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({
        status,
        request_id: response.headers.get('x-request-id'),
      });
    });

    it('refuses other methods, types and routes', async () => {
      expect((await service.request('/v1/ask')).status).toBe(405);
      expect((await service.request('/v1/ask', { method: 'POST', body: 'x' })).status).toBe(415);
      expect((await get('/v1/nothing')).status).toBe(404);
      const hostile = new FormData();
      hostile.append('file', new File(['x'], '../../etc/passwd'));
      const upload = await service.request('/v1/documents', {
        method: 'POST',
        body: hostile,
        headers: ADMIN,
      });
      expect(upload.status).toBe(400);
    });

    it('counts requests by key and says so', async () => {
      const remaining = async () =>
        Number(/r=(\d+)/.exec((await get('/v1/documents', ADMIN)).headers.get('ratelimit') ?? '')?.[1]);
      const [first, second] = [await remaining(), await remaining()];
      expect(second).toBe(first - 1);
      expect((await get('/v1/documents')).headers.get('ratelimit-policy')).toBe('"default";q=1000;w=60');
    });

    it('answers questions that come at the same time', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          ask(
            at % 2 === 0 ? 'When does the ferry leave?' : 'How many days of leave does every employee have?',
          ),
        ),
      );
      expect(new Set(answers.map(({ text }) => text)).size).toBe(2);
    });
  });
}

const ADMIN = { authorization: `Bearer ${SERVICE_SETTINGS.IBID_ADMIN_KEY}` };
