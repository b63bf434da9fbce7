import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_STRUCTURE } from '../../model/document.ts';
import { messageOf } from '../../model/errors.ts';
import type { FileLoader } from '../../ports/file-loader.ts';
import { createWebSource, type WebSourceOptions } from './web-source.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let origin: string;
let pages: Record<string, string | Handler>;
let requested: string[];

const load: FileLoader = async ({ uri, mediaType = '', bytes }) => [
  {
    uri,
    title: uri,
    mediaType,
    text: new TextDecoder().decode(bytes),
    metadata: {},
    structure: NO_STRUCTURE,
  },
];

/** Loads all items: texts by path, failures as their messages. */
const read = async (options: Partial<WebSourceOptions> = {}) => {
  const source = createWebSource({ urls: [`${origin}/`], load, allowPrivate: true, ...options });
  const results: Record<string, string> = {};
  for await (const item of source.items()) {
    const text = await item.load().then(
      ([document]) => document?.text ?? '',
      (error: unknown) => `! ${messageOf(error)}`,
    );
    results[item.uri.replace(origin, '')] = text;
  }
  return results;
};

const redirectTo =
  (location: string): Handler =>
  (_request, response) => {
    response.writeHead(302, { location }).end('moved');
  };

beforeEach(async () => {
  pages = {};
  requested = [];
  server = createServer((request, response) => {
    const path = request.url ?? '';
    requested.push(path);
    const page = pages[path];
    if (typeof page === 'function') return page(request, response);
    if (page === undefined) return response.writeHead(404).end();
    const type = path.includes('.xml')
      ? 'application/xml'
      : path.endsWith('.txt')
        ? 'text/plain'
        : 'text/html';
    response.writeHead(200, { 'content-type': type }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('createWebSource', () => {
  it('reads single pages under their URLs, saying who asks', async () => {
    let agent: string | undefined;
    pages['/a?b=1'] = (request, response) => {
      agent = request.headers['user-agent'];
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('hello');
    };
    expect(await read({ urls: [`${origin}/a?b=1#part`, `${origin}/a?b=1`] })).toEqual({ '/a?b=1': 'hello' });
    expect(agent).toMatch(/^IbidBot\//);
  });

  it('gives a fingerprint that changes with address, kind, bytes and loader, and asks for the page once', async () => {
    const printOf = async (path: string, options: Partial<WebSourceOptions> = {}) => {
      const [url, loaderId] = [`${origin}${path}`, '1'];
      const source = createWebSource({ urls: [url], load, loaderId, allowPrivate: true, ...options });
      for await (const item of source.items()) return [await item.fingerprint?.(), await item.load()][0];
      return undefined;
    };
    pages['/a'] = pages['/b'] = 'one';
    const first = await printOf('/a');
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(requested.filter((path) => path === '/a')).toHaveLength(1);
    expect(await printOf('/a')).toBe(first);
    expect(await printOf('/a', { crawl: true })).toBe(first);
    expect(await printOf('/a', { loaderId: '2' })).not.toBe(first);
    expect(await printOf('/b')).not.toBe(first);
    pages['/a'] = 'two';
    expect(await printOf('/a')).not.toBe(first);
    pages['/a'] = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('one');
    expect(await printOf('/a')).not.toBe(first);
    await expect(printOf('/none')).rejects.toThrow(/answers 404/);
  });

  it('lets a missing page fail alone', async () => {
    pages['/b'] = 'here';
    expect(await read({ urls: [`${origin}/a`, `${origin}/b`] })).toEqual({
      '/a': expect.stringMatching(/^! .*answers 404/),
      '/b': 'here',
    });
  });

  it('honours robots.txt, also behind a redirect', async () => {
    pages['/robots.txt'] = 'User-agent: IbidBot\nDisallow: /closed\n';
    pages['/closed'] = 'secret';
    pages['/door'] = redirectTo('/closed');
    const results = await read({ urls: [`${origin}/closed`, `${origin}/door`] });
    expect(Object.values(results)).toEqual([
      expect.stringMatching(/^! robots\.txt/),
      expect.stringMatching(/^! robots\.txt/),
    ]);
    expect(requested).not.toContain('/closed');
  });

  it('reads nothing while robots.txt cannot be had', async () => {
    pages['/robots.txt'] = (_request, response) => response.writeHead(503).end();
    pages['/'] = 'text';
    expect(await read()).toEqual({ '/': expect.stringMatching(/robots\.txt answers 503/) });
  });

  it('keeps the distance that robots.txt asks for', async () => {
    pages['/robots.txt'] = 'User-agent: *\nCrawl-delay: 0.2\n';
    pages['/a'] = pages['/b'] = pages['/c'] = 'x';
    const before = Date.now();
    await read({ urls: ['a', 'b', 'c'].map((path) => `${origin}/${path}`) });
    expect(Date.now() - before).toBeGreaterThanOrEqual(390);
  });

  it('follows five redirects and not six', async () => {
    for (let at = 1; at <= 6; at += 1) pages[`/r${at}`] = redirectTo(`/r${at - 1}`);
    pages['/r0'] = 'end';
    expect(await read({ urls: [`${origin}/r5`, `${origin}/r6`] })).toEqual({
      '/r5': 'end',
      '/r6': expect.stringMatching(/more than 5 times/),
    });
  });

  it('bounds the size while it streams, also after decompression', async () => {
    const send = (encoding: string, body: Uint8Array): Handler => {
      return (_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        response.write(body);
        response.end();
      };
    };
    const zeros = new Uint8Array(1_000_000);
    pages['/gzip'] = send('gzip', gzipSync(zeros));
    pages['/br'] = send('br', brotliCompressSync(zeros));
    pages['/plain'] = send('identity', zeros);
    pages['/small'] = send('gzip', gzipSync('small'));
    const urls = ['gzip', 'br', 'plain', 'small'].map((path) => `${origin}/${path}`);
    expect(await read({ urls, maxBytes: 50_000 })).toEqual({
      '/gzip': expect.stringMatching(/larger than 50000/),
      '/br': expect.stringMatching(/larger than 50000/),
      '/plain': expect.stringMatching(/larger than 50000/),
      '/small': 'small',
    });
  });

  it('gives up on a server that does not finish', async () => {
    pages['/'] = (_request, response) => {
      response.writeHead(200);
      response.write('begin');
    };
    expect(await read({ timeoutMs: 200 })).toEqual({ '/': expect.stringMatching(/within 200 ms/) });
  });

  it('asks for at most four pages at a time', async () => {
    let open = 0;
    let most = 0;
    const urls = Array.from({ length: 9 }, (_, at) => `${origin}/p${at}`);
    for (const url of urls) {
      pages[new URL(url).pathname] = (_request, response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          response.end('x');
        }, 30);
      };
    }
    const items = [];
    for await (const item of createWebSource({ urls, load, allowPrivate: true }).items()) items.push(item);
    await Promise.all(items.map((item) => item.load()));
    expect(most).toBe(4);
  });
});

describe('sitemaps', () => {
  const urlset = (...paths: string[]) =>
    `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths
      .map((path) => `<url><loc>${path}</loc></url>`)
      .join('')}</urlset>`;

  it('give their pages of the same origin, through an index and gzip', async () => {
    pages['/sitemap.xml'] =
      `<sitemapindex><sitemap><loc>${origin}/one.xml</loc></sitemap><sitemap><loc>${origin}/two.xml.gz</loc></sitemap></sitemapindex>`;
    pages['/one.xml'] = urlset(`${origin}/a?x=1&amp;y=2`, 'https://elsewhere.example/b');
    pages['/two.xml.gz'] = (_request, response) => response.end(gzipSync(urlset(`${origin}/c`)));
    pages['/a?x=1&y=2'] = 'A';
    pages['/c'] = 'C';
    expect(await read({ urls: [`${origin}/sitemap.xml`] })).toEqual({ '/a?x=1&y=2': 'A', '/c': 'C' });
  });

  it('stop at the largest number of pages', async () => {
    pages['/sitemap.xml'] = urlset(...[1, 2, 3].map((at) => `${origin}/${at}`));
    expect(Object.keys(await read({ urls: [`${origin}/sitemap.xml`], maxPages: 2 }))).toEqual(['/1', '/2']);
  });

  it('are no trap when they are missing', async () => {
    expect(await read({ urls: [`${origin}/sitemap.xml`] })).toEqual({
      '/sitemap.xml': expect.stringMatching(/404/),
    });
  });
});

describe('crawling', () => {
  it('follows links of the same origin, within depth and robots.txt', async () => {
    pages['/robots.txt'] = 'User-agent: *\nDisallow: /closed\n';
    pages['/'] =
      '<a href="a#x">a</a><a href="/a">again</a><a href="/closed">c</a><a href="/pic.png">p</a>' +
      '<a href="https://elsewhere.example/">e</a><a rel="nofollow" href="/n">n</a><a href="mailto:a@b">m</a><a href="/hidden">h</a>';
    pages['/a'] = '<base href="/deep/"><a href="b.txt">b</a>';
    pages['/hidden'] = '<meta name="robots" content="noindex"><a href="/found">f</a>';
    pages['/found'] = '<a href="/too-deep">t</a>';
    pages['/deep/b.txt'] = 'plain';
    const results = await read({ crawl: true, maxDepth: 2 });
    expect(Object.keys(results)).toEqual(['/', '/a', '/deep/b.txt', '/found']);
    expect(requested).not.toContain('/closed');
  });

  it('stops at the largest number of pages and reads a page once under its last address', async () => {
    pages['/'] = '<a href="/old">o</a><a href="/new">n</a><a href="/more">m</a>';
    pages['/old'] = redirectTo('/new');
    pages['/new'] = 'new';
    pages['/more'] = 'more';
    expect(Object.keys(await read({ crawl: true }))).toEqual(['/', '/new', '/more']);
    expect(Object.keys(await read({ crawl: true, maxPages: 2 }))).toHaveLength(2);
  });
});

describe('private addresses', () => {
  const { port } = new URL('http://127.0.0.1:8');
  it.each([
    'http://127.0.0.1',
    'http://localhost',
    'http://[::1]',
    'http://10.0.0.1',
    'http://169.254.169.254/latest/meta-data',
    'http://0.0.0.0',
    'http://[::ffff:127.0.0.1]',
    'http://2130706433',
    'http://0177.0.0.1',
    'http://0x7f000001',
    'http://127.1',
    'http://[fd00:ec2::254]',
    'http://[::127.0.0.1]',
  ])('are refused: %s', async (url) => {
    const results = await read({
      urls: [`${url}:${port}`.replace(/(\/latest.*):8$/, '$1')],
      allowPrivate: false,
    });
    expect(Object.values(results)).toEqual([expect.stringMatching(/not on the public internet/)]);
  });

  it('are refused when a public name leads to them at the moment of connecting', async () => {
    pages['/'] = 'inside';
    const results = await read({
      urls: [origin.replace('127.0.0.1', 'rebinding.example')],
      allowPrivate: false,
      resolve: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    expect(Object.values(results)).toEqual([expect.stringMatching(/leads to 127\.0\.0\.1/)]);
    expect(requested).toEqual([]);
  });

  it.each(['ftp://example.org/', 'file:///etc/passwd', 'http://user:word@example.org/', 'example.org'])(
    'and other than plain http(s) URLs are refused at once: %s',
    (url) => {
      expect(() => createWebSource({ urls: [url], load })).toThrow(
        expect.objectContaining({ code: 'bad_request' }),
      );
    },
  );

  it.each(['file:///etc/passwd', 'http://user:word@127.0.0.1/', 'ftp://127.0.0.1/'])(
    'and such URLs are refused as the target of a redirect: %s',
    async (target) => {
      pages['/'] = redirectTo(target);
      expect(await read()).toEqual({ '/': expect.stringMatching(/^! .*redirects wrongly/) });
    },
  );
});
