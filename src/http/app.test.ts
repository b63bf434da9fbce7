import { describe, expect, it } from 'vitest';
import { answeredEvents, createFakeAsk, fakeDependencies } from '../testing/http-fakes.ts';
import { createApp } from './app.ts';

type Body = Record<string, unknown>;

function setUp(overrides: Parameters<typeof fakeDependencies>[0] = {}) {
  const ask = createFakeAsk(answeredEvents);
  const { deps, logged } = fakeDependencies({ ask, ...overrides });
  return { app: createApp(deps), ask, logged };
}

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
}

const question = JSON.stringify({ question: 'How much leave?' });

describe('Bad input', () => {
  const cases: [name: string, body: string | Uint8Array<ArrayBuffer>, status: number][] = [
    ['an unknown field', '{"question":"x?","colour":"red"}', 400],
    ['an empty question', '{"question":""}', 400],
    ['a question of white space', '{"question":" \\n\\t "}', 400],
    ['no question', '{}', 400],
    ['a question of the wrong type', '{"question":42}', 400],
    ['null', 'null', 400],
    ['an array', '[]', 400],
    ['an empty body', '', 400],
    ['broken JSON', '{"question":', 400],
    ['a question over the limit', JSON.stringify({ question: 'a'.repeat(2_001) }), 400],
    ['a question of 100 kB', JSON.stringify({ question: 'a'.repeat(100_000) }), 413],
    ['a lone surrogate', '{"question":"\\ud800"}', 400],
    ['a NUL', '{"question":"a\\u0000b"}', 400],
    ['a key __proto__', '{"question":"x?","__proto__":{"a":1}}', 400],
    ['a key __proto__ in a filter', '{"question":"x?","filter":{"__proto__":"a"}}', 400],
    ['a key __proto__ written with escapes', '{"question":"x?","filter":{"\\u005f_proto__":"a"}}', 400],
    ['JSON 20,000 levels deep', `{"question":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 400],
    ['invalid UTF-8', new Uint8Array([...new TextEncoder().encode('{"question":"'), 0xff, 0x22, 0x7d]), 400],
    ['a limit of 0', '{"question":"x?","limit":0}', 400],
    ['a limit of 51', '{"question":"x?","limit":51}', 400],
    ['a limit of 1.5', '{"question":"x?","limit":1.5}', 400],
    ['a nested filter', '{"question":"x?","filter":{"a":{"b":1}}}', 400],
    ['an unknown conversation', '{"question":"x?","conversation_id":"conv_none"}', 404],
  ];

  it.each(cases)('%s is refused with a problem body', async (_name, body, status) => {
    const { app, ask } = setUp();
    const response = await app.request('/v1/ask', post(body));
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as Body;
    expect(problem).toMatchObject({
      status,
      instance: '/v1/ask',
      request_id: response.headers.get('x-request-id'),
    });
    expect(problem.error).toMatchObject({ message: problem.detail, type: expect.any(String) });
    expect(JSON.stringify(problem)).not.toMatch(/\bat .*\.ts|node_modules/);
    expect(ask.requests).toEqual([]);
  });

  it('names the faulty fields without repeating what was sent', async () => {
    const { app } = setUp();
    const response = await app.request('/v1/ask', post('{"question":7,"limit":"secret"}'));
    const problem = (await response.json()) as { errors: { path: string }[] };
    expect(problem.errors.map(({ path }) => path)).toEqual(['question', 'limit']);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; charset=latin1',
  ])('a body of type %s is refused with 415', async (type) => {
    const { app } = setUp();
    const response = await app.request('/v1/ask', post(question, { 'content-type': type }));
    expect(response.status).toBe(415);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it('a body without a type, or compressed, is refused with 415', async () => {
    const { app } = setUp();
    const bytes = new TextEncoder().encode(question);
    expect((await app.request('/v1/ask', { method: 'POST', body: bytes })).status).toBe(415);
    expect((await app.request('/v1/ask', post(question, { 'content-encoding': 'gzip' }))).status).toBe(415);
  });

  it('a body that grows past the limit without a declared length is refused with 413', async () => {
    const { app } = setUp();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(10_000).fill(0x20));
      },
    });
    const request = new Request('http://localhost/v1/ask', {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    });
    expect((await app.request(request)).status).toBe(413);
    expect(sent).toBeLessThan(12);
  });

  it('a question that merely mentions __proto__ is asked, with its edges trimmed', async () => {
    const { app, ask } = setUp();
    expect((await app.request('/v1/ask', post('{"question":"  What is __proto__? "}'))).status).toBe(200);
    expect(ask.requests[0]?.question).toBe('What is __proto__?');
  });
});

describe('Routing', () => {
  it('answers an unknown route with a 404 problem', async () => {
    const response = await setUp().app.request('/v2/ask');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it.each([
    ['GET', '/v1/ask', 'POST, OPTIONS'],
    ['PUT', '/v1/documents', 'GET, HEAD, POST, OPTIONS'],
    ['PATCH', '/v1/documents/doc_1', 'GET, HEAD, DELETE, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ])('answers %s %s with 405 and what it allows', async (method, path, allow) => {
    const response = await setUp().app.request(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
  });

  it('answers OPTIONS with what a route allows, and HEAD without a body', async () => {
    const { app } = setUp();
    const options = await app.request('/v1/ask', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
    const head = await app.request('/healthz', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('returns a sane request id and replaces any other', async () => {
    const { app } = setUp();
    const idFor = async (given: string) =>
      (await app.request('/healthz', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idFor('trace-1.2:3')).toBe('trace-1.2:3');
    expect(await idFor('a b')).toMatch(/^req_/);
    expect(await idFor('x'.repeat(129))).toMatch(/^req_/);
  });

  it('sets the security headers on answers, errors and pages', async () => {
    const { app } = setUp();
    for (const path of ['/healthz', '/nowhere', '/', '/docs']) {
      const { headers } = await app.request(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });
});

describe('Faults of the server', () => {
  it('an unexpected exception is a 500 with the request id, its details only in the log', async () => {
    const { app, logged } = setUp({
      search: async () => {
        throw new Error('SELECT failed at /srv/data.db');
      },
    });
    const response = await app.request('/v1/search', post('{"query":"leave"}'));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toMatch(/SELECT|srv|stack/);
    const id = response.headers.get('x-request-id') ?? '';
    expect(text).toContain(id);
    expect(logged).toContainEqual(
      expect.objectContaining({ event: 'fault', id, message: expect.stringContaining('SELECT') }),
    );
  });

  it('logs one line for each request, without what was asked', async () => {
    const { app, logged } = setUp();
    await app.request('/v1/ask?secret=1', post(question));
    expect(logged).toEqual([
      { event: 'request', id: 'req_1', method: 'POST', path: '/v1/ask', status: 200, ms: 0 },
    ]);
  });
});

describe('Other origins', () => {
  const preflight = { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } };
  const from = (origin: string) => ({ ...preflight, headers: { ...preflight.headers, origin } });

  it('may call only when they are allowed', async () => {
    const { app } = setUp({ settings: { allowedOrigins: ['https://intranet.example'], apiKeys: ['k'] } });
    const allowed = await app.request('/v1/ask', from('https://intranet.example'));
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://intranet.example');
    const refused = await app.request('/v1/ask', from('https://evil.example'));
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('are told nothing when none are allowed', async () => {
    const response = await setUp().app.request('/v1/ask', from('https://intranet.example'));
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
