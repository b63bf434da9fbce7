import { describe, expect, it } from 'vitest';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import { documentId } from '../model/ids.ts';
import {
  createFakeAsk,
  createFakeConversations,
  createFakeIngest,
  createFakeStore,
  declinedEvents,
  fakeDependencies,
  HANDBOOK,
  LEAVE_HIT,
  TURN,
} from '../testing/http-fakes.ts';
import { createApp } from './app.ts';

function setUp(overrides: Parameters<typeof fakeDependencies>[0] = {}) {
  const { deps, searched } = fakeDependencies(overrides);
  return { app: createApp(deps), searched };
}

const json = (body: unknown) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});
const form = (...files: [name: string, text: string][]) => {
  const body = new FormData();
  for (const [name, text] of files) body.append('file', new File([text], name));
  return { method: 'POST', body };
};

describe('POST /v1/ask', () => {
  it('answers with citations whose quotes slice from the document', async () => {
    const { app } = setUp();
    const response = await app.request('/v1/ask', json({ question: 'How much leave?' }));
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = (await response.json()) as { citations: { start: number; end: number; quote: string }[] };
    expect(body).toMatchObject({
      id: 'ans_1',
      conversation_id: 'conv_1',
      status: 'answered',
      confidence: 0.93,
      standalone_question: 'How much leave?',
      timing_ms: { contextualise: 0, retrieve: 4, read: 6, total: 10 },
    });
    const served = (await (await app.request(`/v1/documents/${HANDBOOK.id}`)).json()) as { text: string };
    expect(body.citations).toHaveLength(2);
    for (const { start, end, quote } of body.citations) expect(served.text.slice(start, end)).toBe(quote);
    expect(body).not.toHaveProperty('closest');
  });

  it('declines with the reason, the closest passages and what was degraded', async () => {
    const { app } = setUp({ ask: createFakeAsk(declinedEvents) });
    const response = await app.request('/v1/ask', json({ question: 'A dog?' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'declined',
      reason: 'no_answer_in_documents',
      citations: [],
      closest: [
        { passage: { id: LEAVE_HIT.passage.id, document_id: HANDBOOK.id }, score: 0.81, via: 'both' },
      ],
      degraded: 'The embedder failed; full text alone answered.',
    });
  });

  it('passes on the conversation, the filter and the limit', async () => {
    const ask = createFakeAsk(declinedEvents);
    const { app } = setUp({ ask });
    const filter = { department: ['people', 'legal'], year: 2026 };
    await app.request('/v1/ask', json({ question: 'q?', conversation_id: 'conv_1', filter, limit: 3 }));
    expect(ask.requests).toMatchObject([{ question: 'q?', conversationId: 'conv_1', filter, limit: 3 }]);
  });

  it.each([
    ['model_failed', 502],
    ['not_ready', 503],
    ['index_incompatible', 503],
  ] as const)('gives %s as a problem with status %i', async (code, status) => {
    const ask = createFakeAsk(() => [{ type: 'ask-error', code, message: 'Do this.' }]);
    const response = await setUp({ ask }).app.request('/v1/ask', json({ question: 'q?' }));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ detail: 'Do this.', error: { code } });
  });
});

describe('POST /v1/search', () => {
  it('gives passages with their scores', async () => {
    const { app, searched } = setUp();
    const response = await app.request('/v1/search', json({ query: 'leave', limit: 2 }));
    expect(await response.json()).toMatchObject({
      hits: [{ passage: { text: LEAVE_HIT.passage.text }, score: 0.81 }],
    });
    expect(searched).toEqual([{ query: 'leave', limit: 2 }]);
  });
});

describe('Documents', () => {
  const many = ['a.md', 'b.md', 'c.md'].map((uri) => ({ ...HANDBOOK, id: `doc_${uri}`, uri }));

  it('are listed a page at a time until there is no next', async () => {
    const { app } = setUp({ store: createFakeStore(many) });
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 5; pages++) {
      const response = await app.request(`/v1/documents?limit=2${after}`);
      const page = (await response.json()) as {
        documents: { uri: string }[];
        next: string | null;
        total: number;
      };
      expect(page.total).toBe(3);
      seen.push(...page.documents.map(({ uri }) => uri));
      if (page.next === null) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    expect(seen).toEqual(['a.md', 'b.md', 'c.md']);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'limit=1&limit=2', 'colour=red'])(
    'refuse the query %s',
    async (query) => {
      expect((await setUp().app.request(`/v1/documents?${query}`)).status).toBe(400);
    },
  );

  it('are a 404 under an unknown or malformed id', async () => {
    const { app } = setUp();
    for (const id of ['doc_none', '%ff', '%00', 'a'.repeat(3_000)]) {
      expect((await app.request(`/v1/documents/${id}`)).status).toBe(404);
      expect((await app.request(`/v1/documents/${id}`, { method: 'DELETE' })).status).toBe(404);
    }
  });

  it('are removed by id', async () => {
    const response = await setUp().app.request(`/v1/documents/${HANDBOOK.id}`, { method: 'DELETE' });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });
});

describe('POST /v1/documents', () => {
  it('ingests files of a form beside what is there, and names their documents', async () => {
    const fake = createFakeIngest();
    const { app } = setUp({ ingest: fake.ingest });
    const response = await app.request('/v1/documents', form(['notes.md', '# Notes'], ['b.txt', 'B']));
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      documents: [
        { id: await documentId('upload/notes.md'), uri: 'upload/notes.md' },
        { id: await documentId('upload/b.txt'), uri: 'upload/b.txt' },
      ],
      report: { added: 2, failed: [], generation: 2 },
    });
    expect(fake.calls).toEqual([{ source: 'upload', prune: false }]);
  });

  it('takes a text as JSON, with a title and metadata of its own', async () => {
    const fake = createFakeIngest();
    const { app } = setUp({ ingest: fake.ingest });
    const body = { uri: 'notes/a.md', title: 'A', text: 'Bonjour “là”', metadata: { team: ['x'] } };
    expect((await app.request('/v1/documents', json(body))).status).toBe(201);
    expect(fake.loaded).toMatchObject([{ ...body, uri: 'upload/notes/a.md', mediaType: 'text/markdown' }]);
  });

  it('reports a file that fails beside one that does not, and is a 422 when all fail', async () => {
    const { app } = setUp();
    const some = await app.request('/v1/documents', form(['a.txt', 'A'], ['b.broken', 'B']));
    expect(await some.json()).toMatchObject({
      documents: [{ uri: 'upload/a.txt' }],
      report: { failed: [{ uri: 'upload/b.broken', message: 'not a document' }] },
    });
    const none = await app.request('/v1/documents', form(['b.broken', 'B']));
    expect(none.status).toBe(422);
    expect(await none.json()).toMatchObject({ error: { code: 'document_unreadable' } });
  });

  it.each([
    ['no file', form(), 400],
    ['a name that climbs out', form(['../../etc/passwd', 'x']), 400],
    ['a name with a control character', json({ uri: 'a\nb', text: 'x' }), 400],
    ['an empty text', json({ uri: 'a', text: '  ' }), 400],
    ['an unknown field', json({ uri: 'a', text: 'x', colour: 'red' }), 400],
    ['metadata that nests', json({ uri: 'a', text: 'x', metadata: { a: { b: 1 } } }), 400],
    ['a body that is too large', form(['a.txt', 'x'.repeat(6_000)]), 413],
    ['another type', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }, 415],
    [
      'a form without a boundary',
      { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data' } },
      400,
    ],
  ])('refuses %s', async (_name, request, status) => {
    const { app } = setUp({ settings: { maxUploadBytes: 5_000 } });
    const response = await app.request('/v1/documents', request);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('Conversations and feedback', () => {
  it('are read as they were given, deleted once, and then gone', async () => {
    const { app } = setUp();
    const read = await app.request('/v1/conversations/conv_1');
    expect(await read.json()).toMatchObject({
      id: 'conv_1',
      turns: [{ id: 'ans_1', question: 'And carried over?', status: 'answered', citations: [{ marker: 1 }] }],
    });
    expect((await app.request('/v1/conversations/conv_1', { method: 'DELETE' })).status).toBe(204);
    expect((await app.request('/v1/conversations/conv_1', { method: 'DELETE' })).status).toBe(404);
    expect((await app.request('/v1/conversations/conv_1')).status).toBe(404);
  });

  it('are read page by page from the last turn back', async () => {
    const conversations = createMemoryConversationStore();
    for (const id of ['ans_1', 'ans_2', 'ans_3'])
      await conversations.appendTurn('conv_long', { ...TURN, id });
    const { app } = setUp({ conversations });
    const page = async (query: string) => {
      const reply = await app.request(`/v1/conversations/conv_long?${query}`);
      const { turns, earlier } = (await reply.json()) as { turns: { id: string }[]; earlier: string | null };
      return [turns.map(({ id }) => id), earlier];
    };
    expect(await page('')).toEqual([['ans_1', 'ans_2', 'ans_3'], null]);
    expect(await page('limit=2')).toEqual([['ans_2', 'ans_3'], 'ans_2']);
    expect(await page('limit=2&before=ans_2')).toEqual([['ans_1'], null]);
    for (const query of ['limit=0', 'limit=201', 'before=%20'])
      expect((await app.request(`/v1/conversations/conv_long?${query}`)).status).toBe(400);
  });

  it('keeps a rating with its time, and knows no ratings of unknown answers', async () => {
    const conversations = createFakeConversations();
    const { app } = setUp({ conversations });
    const rating = { answer_id: 'ans_1', rating: 'down', comment: 'Old.' };
    expect((await app.request('/v1/feedback', json(rating))).status).toBe(200);
    expect(conversations.feedback).toEqual([
      { answerId: 'ans_1', rating: 'down', comment: 'Old.', ratedAt: '2026-01-15T09:31:00.000Z' },
    ]);
    expect((await app.request('/v1/feedback', json({ ...rating, answer_id: 'ans_2' }))).status).toBe(404);
    expect((await app.request('/v1/feedback', json({ ...rating, rating: 'sideways' }))).status).toBe(400);
  });
});

describe('Operation', () => {
  it('is ready when everything is, and else says what is missing', async () => {
    expect((await setUp().app.request('/readyz')).status).toBe(200);
    const { app } = setUp({ readiness: async () => ({ ready: false, detail: { index: 'building' } }) });
    const response = await app.request('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      checks: { index: 'building' },
      detail: expect.stringContaining('index: building'),
      error: { code: 'not_ready' },
    });
    expect((await app.request('/healthz')).status).toBe(200);
  });

  it('counts requests by route and questions by outcome', async () => {
    const ask = createFakeAsk((question) =>
      question === 'fail'
        ? [{ type: 'ask-error', code: 'model_failed', message: 'm' }]
        : declinedEvents(question),
    );
    const { app } = setUp({ ask });
    await app.request('/v1/ask', json({ question: 'fail' }));
    await app.request('/v1/ask', json({ question: 'decline' }));
    await app.request(`/v1/documents/${HANDBOOK.id}`);
    await app.request('/v1/nothing/here');
    const text = await (await app.request('/metrics')).text();
    for (const line of [
      'ibid_asks_total{outcome="error"} 1',
      'ibid_asks_total{outcome="declined"} 1',
      'ibid_asks_running 0',
      'ibid_http_requests_total{method="POST",route="/v1/ask",status="502"} 1',
      'ibid_http_requests_total{method="GET",route="/v1/documents/:id",status="200"} 1',
      'ibid_http_requests_total{method="GET",route="unmatched",status="404"} 1',
      'ibid_http_request_duration_seconds_bucket{route="/v1/ask",le="+Inf"} 2',
      'ibid_ask_duration_seconds_count 2',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('says that a static file is missing rather than failing', async () => {
    const { app } = setUp({ assets: { read: async () => undefined } });
    expect((await app.request('/')).status).toBe(404);
  });
});
