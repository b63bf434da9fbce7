import { describe, expect, it } from 'vitest';
import { fetchWithSession, sessionsOf } from './session.ts';

/** A server that takes the token of these numbers, and counts what it is asked. */
function scene(taken: (token: string) => boolean) {
  let minted = 0;
  let now = 0;
  const sent: string[] = [];
  const source = async () => {
    minted += 1;
    return { token: `t${minted}`, expires_at: new Date(now + 60_000).toISOString() };
  };
  const send = async (_: string, init: RequestInit) => {
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? '';
    sent.push(token);
    return new Response(null, { status: taken(token) ? 200 : 401 });
  };
  const fetcher = fetchWithSession(send, source, () => now);
  return { fetcher, sent, minted: () => minted, pass: (ms: number) => (now += ms) };
}

describe('A session', () => {
  it('is asked for once for requests that begin together, and kept', async () => {
    const { fetcher, minted, sent } = scene(() => true);
    await Promise.all([fetcher('/a', {}), fetcher('/b', {})]);
    await fetcher('/c', {});
    expect(minted()).toBe(1);
    expect(sent).toEqual(['t1', 't1', 't1']);
  });

  it('is renewed before it ends', async () => {
    const { fetcher, sent, pass } = scene(() => true);
    await fetcher('/a', {});
    pass(55_000);
    await fetcher('/b', {});
    expect(sent).toEqual(['t1', 't2']);
  });

  it('is renewed once when it is refused', async () => {
    const { fetcher, sent, minted } = scene((token) => token === 't2');
    const [a, b] = await Promise.all([fetcher('/a', {}), fetcher('/b', {})]);
    expect([a?.status, b?.status]).toEqual([200, 200]);
    expect(minted()).toBe(2);
    expect(sent).toEqual(['t1', 't1', 't2', 't2']);
    const never = scene(() => false);
    expect((await never.fetcher('/a', {})).status).toBe(401);
    expect(never.sent).toEqual(['t1', 't2']);
  });
});

describe('A session of a server that gives none', () => {
  const BASE = 'https://ibid.example';
  const TOKEN = { token: 't1', expires_at: '2026-01-15T09:30:00.000Z' };

  /** A `fetch` whose calls end as told, one after the other; an error is a connection or a reply that is withheld. */
  function sending(...ends: (Response | TypeError)[]) {
    const asked: string[] = [];
    const send = async (url: string, { mode = 'cors' }: RequestInit) => {
      asked.push(`${mode} ${url.slice(BASE.length)}`);
      const end = ends.shift();
      if (end instanceof Response) return end;
      throw end ?? new Error('Nobody expected this.');
    };
    return { asked, source: (origin: string) => sessionsOf(BASE, send, origin) };
  }
  const failure = new TypeError('Failed to fetch');

  it('names what its owner can set, when the server is there and its reply is withheld', async () => {
    const { asked, source } = sending(failure, new Response(), failure);
    await expect(source('https://shop.example')()).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('IBID_ALLOWED_ORIGINS=https://shop.example'),
    });
    expect(asked).toEqual(['cors /v1/sessions', 'no-cors /healthz', 'cors /v1/sessions']);
  });

  it('names no origin that could not be allowed', async () => {
    const { source } = sending(failure, new Response(), failure);
    await expect(source('null')()).rejects.toThrow(/from a site, not as a file/);
  });

  it('is a failed connection when nobody is there, and is given after one that only broke', async () => {
    await expect(sending(failure, failure).source('https://shop.example')()).rejects.toBe(failure);
    const broke = sending(failure, new Response(), Response.json(TOKEN, { status: 201 }));
    expect(await broke.source('https://shop.example')()).toEqual(TOKEN);
  });
});
