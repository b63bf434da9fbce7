import { describe, expect, it } from 'vitest';
import { createSessions } from './sessions.ts';

const SECRET = new TextEncoder().encode('a secret of at least thirty-two bytes');
const ORIGIN = 'https://shop.example';

function sessionsAt(now: () => number, secret = SECRET) {
  let ids = 0;
  return createSessions({ secret, lifetimeSeconds: 60, clock: now, newId: () => `id_${++ids}` });
}

describe('Session tokens', () => {
  it('say for whom they were made, until their time is over', async () => {
    let now = 1_000_000;
    const sessions = sessionsAt(() => now);
    const { token, expiresAt } = await sessions.mint(ORIGIN);
    expect(token).toMatch(/^ibs_[\w-]+\.[\w-]+$/);
    expect(expiresAt).toBe(1_060_000);
    now = 1_059_999;
    expect(await sessions.verify(token)).toEqual({ id: 'id_1', origin: ORIGIN });
    now = 1_060_000;
    await expect(sessions.verify(token)).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('have each a bucket of their own', async () => {
    const sessions = sessionsAt(() => 0);
    const minted = await Promise.all([sessions.mint(ORIGIN), sessions.mint(ORIGIN)]);
    const [first, second] = await Promise.all(minted.map(({ token }) => sessions.verify(token)));
    expect(first?.id).not.toBe(second?.id);
  });

  it('hold on another server with the same secret, and on none with another', async () => {
    const { token } = await sessionsAt(() => 0).mint(ORIGIN);
    expect(await sessionsAt(() => 0).verify(token)).toMatchObject({ origin: ORIGIN });
    const other = sessionsAt(() => 0, new Uint8Array(32));
    await expect(other.verify(token)).rejects.toMatchObject({ code: 'session_invalid' });
  });

  it('that anyone changed, cut or made up are not ours', async () => {
    const sessions = sessionsAt(() => 0);
    const { token } = await sessions.mint(ORIGIN);
    const [payload = '', signature = ''] = token.slice(4).split('.');
    const claims = JSON.parse(atob(payload));
    const forged = btoa(JSON.stringify({ ...claims, origin: 'https://evil.example' })).replaceAll('=', '');
    const flipped = [...token].map((_, at) => {
      const letter = token[at] === 'A' ? 'B' : 'A';
      return token.slice(0, at) + letter + token.slice(at + 1);
    });
    const bad = [
      '',
      'ibs_',
      'ibs_.',
      `ibs_${payload}.`,
      `ibs_${payload}`,
      `ibs_.${signature}`,
      `ibs_${forged}.${signature}`,
      `${token}A`,
      token.slice(0, -1),
      `ibs_${'A'.repeat(1_000_000)}.${signature}`,
      // The last letter of a signature carries four bits of it: the other two may differ without harm.
      ...flipped.slice(0, -1),
    ];
    for (const each of bad) {
      await expect(sessions.verify(each), each.slice(0, 90)).rejects.toMatchObject({
        code: 'session_invalid',
      });
    }
  });
});
