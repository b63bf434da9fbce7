import { describe, expect, it } from 'vitest';
import { createApp } from '../http/app.ts';
import { fakeDependencies } from '../testing/http-fakes.ts';
import { compressFiles } from './compress-files.ts';

describe('Files of pages', () => {
  const script = new TextEncoder().encode(`// ${'a long script '.repeat(1_000)}`);
  const { deps } = fakeDependencies({ assets: { read: async () => script } });
  const app = createApp(deps);
  const answer = compressFiles((request, env) => app.fetch(request, env as never));
  const get = async (path: string, headers: Record<string, string>) =>
    answer(new Request(`http://localhost${path}`, { headers }), {});

  it('travel gzipped to those who take that, and as they are to others', async () => {
    const zipped = await get('/widget.js', { 'accept-encoding': 'gzip' });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(zipped.headers.get('vary')).toMatch(/accept-encoding/i);
    const bytes = await new Response(zipped.body?.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
    expect(new Uint8Array(bytes)).toEqual(script);
    expect((await get('/widget.js', {})).headers.get('content-encoding')).toBeNull();
  });

  it('are not sent twice, gzipped or not', async () => {
    const tag = (await get('/widget.js', { 'accept-encoding': 'gzip' })).headers.get('etag') ?? '';
    const again = await get('/widget.js', { 'accept-encoding': 'gzip', 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('leave everything else alone', async () => {
    const list = await get('/v1/documents', { 'accept-encoding': 'gzip' });
    expect(list.headers.get('content-encoding')).toBeNull();
  });
});
