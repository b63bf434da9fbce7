import { env, exports } from 'cloudflare:workers';
import { expect, it } from 'vitest';

it('An address that sends more than the platform’s limit is refused before any work, others are not', async () => {
  const from = (address: string) =>
    exports.default.fetch('http://localhost/healthz', { headers: { 'cf-connecting-ip': address } });
  // The count begins anew at each full minute, which may fall between these calls.
  for (let calls = 0; calls < 2_400; calls++)
    if (!(await env.FLOOD?.limit({ key: '192.0.2.1' }))?.success) break;
  const refused = await from('192.0.2.1');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited' } });
  expect((await from('192.0.2.2')).status).toBe(200);
});
