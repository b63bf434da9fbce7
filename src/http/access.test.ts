import { describe, expect, it } from 'vitest';
import { fakeDependencies, HANDBOOK } from '../testing/http-fakes.ts';
import { createApp } from './app.ts';
import type { HttpSettings } from './dependencies.ts';
import { createMemoryRateLimiter } from './rate-limiter.ts';

function appWith(settings: Partial<HttpSettings>, clock = () => 0) {
  return createApp(
    fakeDependencies({ settings, clock, clientAddress: (request) => request.headers.get('x-from') ?? '' })
      .deps,
  );
}

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const path = `/v1/documents/${HANDBOOK.id}`;

describe('API keys', () => {
  const app = appWith({ apiKeys: ['one', 'two'], adminKey: 'admin', adminOpen: false });

  it('open /v1 when they are configured, as the admin key does', async () => {
    expect((await app.request(path)).status).toBe(401);
    expect((await app.request(path)).headers.get('www-authenticate')).toContain('Bearer');
    expect((await app.request(path, bearer('three'))).status).toBe(401);
    expect((await app.request(path, bearer('on'))).status).toBe(401);
    for (const key of ['one', 'two', 'admin'])
      expect((await app.request(path, bearer(key))).status).toBe(200);
  });

  it('are not asked for at the pages and the probes', async () => {
    for (const open of ['/', '/docs', '/openapi.json', '/healthz', '/readyz', '/metrics', '/llms.txt']) {
      expect((await app.request(open)).status).toBe(200);
    }
  });

  it('do not open the admin routes', async () => {
    expect((await app.request('/v1/insights', bearer('one'))).status).toBe(403);
    expect((await app.request('/v1/insights', bearer('admin'))).status).toBe(200);
  });
});

describe('Admin routes', () => {
  it('need the admin key when there is one, even on loopback', async () => {
    const app = appWith({ adminKey: 'admin', adminOpen: true });
    expect((await app.request('/v1/insights')).status).toBe(401);
    expect((await app.request(path, { method: 'DELETE' })).status).toBe(401);
    expect((await app.request('/v1/documents', { method: 'POST' })).status).toBe(401);
    expect((await app.request('/v1/insights', bearer('admin'))).status).toBe(200);
  });

  it('are closed when there is no key and the server is not on loopback', async () => {
    expect((await appWith({ adminOpen: false }).request('/v1/insights')).status).toBe(403);
  });

  it('are open without a key on loopback, but not to another host name or another site', async () => {
    const app = appWith({ adminOpen: true });
    const at = (host: string, origin?: string) =>
      app.request('/v1/insights', { headers: { host, ...(origin === undefined ? {} : { origin }) } });
    expect((await at('localhost:8787')).status).toBe(200);
    expect((await at('127.0.0.1:8787', 'http://127.0.0.1:8787')).status).toBe(200);
    expect((await at('rebound.example:8787')).status).toBe(403);
    expect((await at('localhost.evil.example')).status).toBe(403);
    expect((await at('localhost:8787', 'https://evil.example')).status).toBe(403);
    expect((await at('localhost:8787', 'null')).status).toBe(403);
  });
});

describe('Rate limits', () => {
  it('count by key, else by address, and say when to come back', async () => {
    let now = 0;
    const app = appWith({ rateLimit: { limit: 2, windowSeconds: 60 }, apiKeys: ['one', 'two'] }, () => now);
    const ask = (key: string, from = 'a') =>
      app.request(path, { headers: { authorization: `Bearer ${key}`, 'x-from': from } });
    const first = await ask('one');
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=2;w=60');
    expect(first.headers.get('ratelimit')).toBe('"default";r=1;t=60');
    now = 20_000;
    expect((await ask('one', 'b')).status).toBe(200);
    const third = await ask('one', 'c');
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '40']);
    expect(await third.json()).toMatchObject({ error: { code: 'rate_limited', type: 'rate_limit_error' } });
    expect((await ask('two')).status).toBe(200);
    // Guessing keys is counted by address, whatever the guess.
    expect([(await ask('x')).status, (await ask('y')).status, (await ask('z')).status]).toEqual([
      401, 401, 429,
    ]);
    now = 60_000;
    expect((await ask('one')).status).toBe(200);
  });

  it('leave the probes alone', async () => {
    const app = appWith({ rateLimit: { limit: 1, windowSeconds: 60 } });
    for (let time = 0; time < 3; time++) expect((await app.request('/healthz')).status).toBe(200);
  });

  it('hold their memory within bounds', async () => {
    const limiter = createMemoryRateLimiter();
    const policy = { limit: 1, windowSeconds: 1 };
    for (let caller = 0; caller < 100_001; caller++) await limiter.take(`${caller}`, policy, 0);
    expect((await limiter.take('100000', policy, 0)).allowed).toBe(false);
    expect((await limiter.take('0', policy, 0)).allowed).toBe(true);
  });
});
