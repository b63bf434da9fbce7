import { describe, expect, it } from 'vitest';
import { fakeDependencies } from '../testing/http-fakes.ts';
import { createApp } from './app.ts';

describe('Static files', () => {
  const app = createApp(fakeDependencies().deps);

  it('are not sent twice, and keep their headers: a reloaded page broke when its 304 had the policy of data', async () => {
    for (const path of ['/', '/page/app.css', '/widget.js']) {
      const first = await app.request(path);
      const tag = first.headers.get('etag') ?? '';
      const again = await app.request(path, { headers: { 'if-none-match': tag } });
      expect([path, again.status]).toEqual([path, 304]);
      for (const name of [
        'content-security-policy',
        'cache-control',
        'access-control-allow-origin',
        'etag',
      ]) {
        expect(again.headers.get(name), `${path} ${name}`).toBe(first.headers.get(name));
      }
    }
  });

  it('run under policies that fit: our page with Trusted Types, the reference without', async () => {
    const policyOf = async (path: string) => (await app.request(path)).headers.get('content-security-policy');
    expect(await policyOf('/')).toContain("require-trusted-types-for 'script'");
    expect(await policyOf('/docs')).not.toContain('trusted-types');
    for (const path of ['/', '/docs'])
      expect(await policyOf(path)).toContain("script-src 'self'; style-src 'self'");
  });
});
