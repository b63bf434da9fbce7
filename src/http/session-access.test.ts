import { describe, expect, it } from 'vitest';
import { fakeDependencies, HANDBOOK } from '../testing/http-fakes.ts';
import { createApp } from './app.ts';
import type { HttpSettings } from './dependencies.ts';

const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';
const HOST = 'localhost:8787';
const OWN = `http://${HOST}`;
const DOCUMENT = `/v1/documents/${HANDBOOK.id}`;

function serverWith(settings: Partial<HttpSettings>, time = { now: 0 }) {
  const address = (request: Request) => request.headers.get('x-from') ?? '';
  const app = createApp(fakeDependencies({ settings, clock: () => time.now, clientAddress: address }).deps);
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    app.request(`${OWN}${path}`, {
      method,
      headers: { host: HOST, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const mint = (origin?: string, headers: Record<string, string> = {}) =>
    send('POST', '/v1/sessions', { ...(origin === undefined ? {} : { origin }), ...headers });
  const tokenOf = async (origin: string) => ((await (await mint(origin)).json()) as { token: string }).token;
  return { app, send, mint, tokenOf };
}

const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { error?: { code: string } }).error?.code,
];
const bearer = (token: string, origin?: string) => ({
  authorization: `Bearer ${token}`,
  ...(origin === undefined ? {} : { origin }),
});

describe('POST /v1/sessions', () => {
  it('gives a token and its end to pages of an allowed origin and to its own', async () => {
    const { mint } = serverWith({ allowedOrigins: [SHOP], sessionSeconds: 600 });
    for (const origin of [SHOP, OWN, `https://${HOST}`]) {
      const response = await mint(origin);
      expect(response.status).toBe(201);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual({
        token: expect.stringMatching(/^ibs_/),
        expires_at: '1970-01-01T00:10:00.000Z',
      });
    }
  });

  it('gives none to other origins, to sandboxed pages, and without an origin', async () => {
    const { mint } = serverWith({ allowedOrigins: [SHOP] });
    for (const origin of [
      EVIL,
      'null',
      'https://shop.example.evil.example',
      'http://shop.example',
      undefined,
    ]) {
      expect(await codeOf(await mint(origin)), String(origin)).toEqual([403, 'forbidden']);
    }
  });

  it('takes only loopback names for its own on a loopback server', async () => {
    const { send } = serverWith({ loopbackOnly: true });
    const rebound = { host: 'rebound.example', origin: 'http://rebound.example' };
    expect((await send('POST', '/v1/sessions', rebound)).status).toBe(403);
    expect((await send('POST', '/v1/sessions', { origin: OWN })).status).toBe(201);
  });

  it('with API keys is free to named origins only; other pages need a key once', async () => {
    const { mint } = serverWith({ allowedOrigins: [SHOP, '*'], apiKeys: ['key'] });
    expect((await mint(SHOP)).status).toBe(201);
    for (const origin of [OWN, EVIL]) {
      expect(await codeOf(await mint(origin))).toEqual([401, 'unauthorized']);
      expect((await mint(origin, bearer('key'))).status).toBe(201);
    }
  });

  it('is limited by address, for IPv6 by its /64', async () => {
    const { mint } = serverWith({ allowedOrigins: [SHOP] });
    for (let time = 0; time < 60; time++) {
      expect((await mint(SHOP, { 'x-from': `2001:db8::${time}` })).status).toBe(201);
    }
    const refused = await mint(SHOP, { 'x-from': '2001:db8:0:0:1::7' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(refused.headers.get('ratelimit-policy')).toBe('"minting";q=60;w=60');
    expect((await mint(SHOP, { 'x-from': '2001:db8:0:1::7' })).status).toBe(201);
  });
});

describe('A session', () => {
  const closed = { requireSession: true, allowedOrigins: [SHOP] };

  it('is asked for where the owner requires it, with keys as well', async () => {
    const server = serverWith(closed);
    expect(await codeOf(await server.send('GET', DOCUMENT))).toEqual([401, 'unauthorized']);
    expect((await server.send('GET', DOCUMENT, bearer(await server.tokenOf(SHOP), SHOP))).status).toBe(200);
    const keyed = serverWith({ apiKeys: ['key'], allowedOrigins: [SHOP] });
    expect((await keyed.send('GET', DOCUMENT)).status).toBe(401);
    expect((await keyed.send('GET', DOCUMENT, bearer(await keyed.tokenOf(SHOP), SHOP))).status).toBe(200);
  });

  it('opens what a visitor needs', async () => {
    const { send, tokenOf } = serverWith(closed);
    const headers = bearer(await tokenOf(SHOP), SHOP);
    const replies = await Promise.all([
      send('POST', '/v1/ask', headers, { question: 'Leave?' }),
      send('POST', '/v1/search', headers, { query: 'leave' }),
      send('GET', '/v1/documents', headers),
      send('GET', '/v1/conversations/conv_1', headers),
      send('POST', '/v1/feedback', headers, { answer_id: 'ans_1', rating: 'up' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await send('DELETE', '/v1/conversations/conv_1', headers)).status).toBe(204);
  });

  it('opens no admin route, with an admin key set or on an open loopback server', async () => {
    for (const admin of [{ adminKey: 'admin' }, { adminOpen: true, loopbackOnly: true }]) {
      const { app, send, tokenOf } = serverWith(admin);
      const description = await (await app.request('/openapi.json')).json();
      const routes = Object.entries(
        (description as { paths: Record<string, Record<string, { security?: object[] }>> }).paths,
      ).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, { security }]) => 'adminKey' in (security?.[0] ?? {}))
          .map(([method]) => [method.toUpperCase(), path.replace('{id}', HANDBOOK.id)] as const),
      );
      expect(routes.length).toBeGreaterThan(2);
      for (const [method, path] of routes) {
        const response = await send(method, path, bearer(await tokenOf(OWN), OWN));
        expect(await codeOf(response), `${method} ${path}`).toEqual([403, 'forbidden']);
      }
    }
  });

  it('is refused from another origin, and without one unless it is for our own pages', async () => {
    const { send, tokenOf } = serverWith({ ...closed, allowedOrigins: [SHOP, 'https://other.example'] });
    const token = await tokenOf(SHOP);
    for (const origin of [EVIL, 'https://other.example', OWN, 'null', undefined]) {
      expect(await codeOf(await send('GET', DOCUMENT, bearer(token, origin))), String(origin)).toEqual([
        403,
        'forbidden',
      ]);
    }
    // Browsers send no Origin with a GET to the page's own server.
    expect((await send('GET', DOCUMENT, bearer(await tokenOf(OWN)))).status).toBe(200);
  });

  it('ends with its time, and says so even where none is required', async () => {
    for (const settings of [closed, { allowedOrigins: [SHOP] }]) {
      const time = { now: 0 };
      const { send, tokenOf } = serverWith({ ...settings, sessionSeconds: 60 }, time);
      const headers = bearer(await tokenOf(SHOP), SHOP);
      time.now = 60_000;
      const late = await send('GET', DOCUMENT, headers);
      expect(late.headers.get('www-authenticate')).toContain('Bearer');
      expect(late.headers.get('access-control-allow-origin')).toBe(SHOP);
      expect(await codeOf(late)).toEqual([401, 'session_expired']);
      expect(await codeOf(await send('GET', DOCUMENT, bearer('ibs_made.up', SHOP)))).toEqual([
        401,
        'session_invalid',
      ]);
      expect((await send('POST', '/v1/sessions', headers)).status).toBe(201);
    }
  });

  it('ends when its origin leaves the allow-list', async () => {
    const token = await serverWith(closed).tokenOf(SHOP);
    const { send } = serverWith({ ...closed, allowedOrigins: ['https://other.example'] });
    expect((await send('GET', DOCUMENT, bearer(token, SHOP))).status).toBe(403);
  });

  it('has a limit of its own, and its address one for all of its sessions', async () => {
    const limits = { ...closed, sessionRateLimit: { limit: 2, windowSeconds: 60 } };
    const { send, tokenOf } = serverWith(limits);
    const token = await tokenOf(SHOP);
    const ask = (given: string) => send('GET', DOCUMENT, bearer(given, SHOP));
    const first = await ask(token);
    expect(first.headers.get('ratelimit-policy')).toBe('"session";q=2;w=60, "default";q=20;w=60');
    expect(first.headers.get('ratelimit')).toBe('"session";r=1;t=60, "default";r=19;t=60');
    await ask(token);
    const third = await ask(token);
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60']);
    // 3 of 20 are taken; 8 sessions more take 16, and one of the next two requests is one too many.
    for (let time = 0; time < 8; time++) {
      const other = await tokenOf(SHOP);
      expect([(await ask(other)).status, (await ask(other)).status]).toEqual([200, 200]);
    }
    const last = await tokenOf(SHOP);
    expect([(await ask(last)).status, (await ask(last)).status]).toEqual([200, 429]);
  });

  it('does not help around the limit of an address', async () => {
    const { send, tokenOf } = serverWith({ ...closed, rateLimit: { limit: 4, windowSeconds: 60 } });
    const ask = async () => (await send('GET', DOCUMENT, bearer(await tokenOf(SHOP), SHOP))).status;
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect((await send('GET', DOCUMENT)).status).toBe(429);
  });
});

describe('CORS', () => {
  const preflight = (origin: string) => ({
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type,x-stainless-os',
  });

  it('answers preflights of allowed origins, before any key is asked for', async () => {
    const { send } = serverWith({ allowedOrigins: [SHOP], apiKeys: ['key'] });
    const reply = await send('OPTIONS', '/v1/ask', preflight(SHOP));
    expect(reply.status).toBe(204);
    expect(reply.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(reply.headers.get('access-control-allow-methods')).toContain('DELETE');
    expect(reply.headers.get('access-control-allow-headers')).toContain('x-stainless-os');
    expect(reply.headers.get('vary')?.toLowerCase()).toContain('origin');
    expect(reply.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('lets allowed pages read what they must know, on errors too', async () => {
    const { send } = serverWith({ allowedOrigins: [SHOP], requireSession: true });
    const reply = await send('GET', DOCUMENT, { origin: SHOP });
    expect(reply.status).toBe(401);
    expect(reply.headers.get('access-control-allow-origin')).toBe(SHOP);
    for (const header of ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'])
      expect(reply.headers.get('access-control-expose-headers')).toContain(header);
  });

  it('says nothing to other origins, and keeps caches from mixing them up', async () => {
    const { send } = serverWith({ allowedOrigins: [SHOP] });
    for (const reply of [
      await send('OPTIONS', '/v1/ask', preflight(EVIL)),
      await send('GET', DOCUMENT, { origin: EVIL }),
      await send('GET', DOCUMENT),
    ]) {
      expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(reply.headers.get('vary')).toContain('Origin');
    }
  });
});
