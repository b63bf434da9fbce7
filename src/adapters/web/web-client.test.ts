import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';
import { createWebClient } from './web-client.ts';

const server = createServer((request, response) => {
  const to = new URL(request.url ?? '', 'http://x').searchParams.get('to');
  if (to === null) response.end('arrived');
  else response.writeHead(302, { location: to }).end();
});

beforeEach(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Takes the test server's address for a public one, and none else of its kind. */
const get = createWebClient({
  isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
  maxBytes: 1000,
  timeoutMs: 2000,
  userAgent: 'test',
  resolve: (name, _options, callback) => {
    const address = name === 'server.example' ? '127.0.0.1' : '10.0.0.1';
    callback(null, [{ address, family: 4 }]);
  },
});

const follow = (target: string) => {
  const { port } = server.address() as AddressInfo;
  return get(`http://server.example:${port}/?to=${encodeURIComponent(target)}`);
};

describe('createWebClient', () => {
  it('follows a redirect to an allowed address', async () => {
    const { bytes, url } = await follow('/there');
    expect(new TextDecoder().decode(bytes)).toBe('arrived');
    expect(new URL(url).pathname).toBe('/there');
  });

  it.each([
    'http://10.0.0.1/',
    'http://127.0.0.2/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://167772161/',
    'http://012.0.0.1/',
    'http://inside.example/',
  ])('refuses a redirect to %s', async (target) => {
    await expect(follow(target)).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringContaining('not on the public internet'),
    });
  });
});
