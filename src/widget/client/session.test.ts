import { describe, expect, it } from 'vitest';
import { fetchWithSession } from './session.ts';

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
