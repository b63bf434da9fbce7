import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type BrowserBundles, bundleBrowser, REPOSITORY } from '../../../scripts/bundle-browser.ts';
import { createApp } from '../../http/app.ts';
import type { HttpSettings } from '../../http/dependencies.ts';
import { createFakeStore, fakeDependencies } from '../http-fakes.ts';
import { type Bot, createBot } from './bot.ts';
import { LIBRARY } from './library.ts';

/** An Ibid server whose bot says what it is asked to, on a site of its own, and another site whose pages embed it. */
export interface Servers {
  readonly bot: Bot;
  /** The Ibid server. */
  readonly ibid: string;
  /** The other site. */
  readonly site: string;
  readonly bundles: BrowserBundles;
  /** What the Ibid server was asked for: method and path. */
  readonly requests: { readonly line: string; readonly authorization: string | null }[];
  /** Answers in the place of the server, for as long as it is set; undefined lets a request through. Not asked for preflights. */
  intercept: ((request: Request) => Response | Promise<Response | undefined> | undefined) | undefined;
  /** Puts a file on the other site. */
  put(path: string, body: string | Uint8Array): void;
  /** Another Ibid server with other settings. */
  another(settings: Partial<HttpSettings>): Promise<string>;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html; charset=utf-8',
};

export async function startServers(): Promise<Servers> {
  const bundles = await bundleBrowser(REPOSITORY);
  const files = new Map<string, string | Uint8Array>();
  const running: Server[] = [];
  const ours: string[] = [];
  let visitors = 0;
  const site = await listen(
    createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://site').pathname;
      const body = files.get(path);
      if (body === undefined) return void response.writeHead(404).end();
      const type = TYPES[path.split('.').pop() ?? ''] ?? 'text/plain';
      response
        .writeHead(200, { 'content-type': type, 'content-security-policy': strictPolicy(ours) })
        .end(body);
    }),
    running,
  );
  const bot = createBot();
  const servers: Omit<Servers, 'ibid'> = {
    bot,
    site,
    bundles,
    requests: [],
    intercept: undefined,
    put: (path, body) => files.set(path, body),
    another: (settings) => serveIbid({ allowedOrigins: [site], ...settings }),
    close: async () => {
      for (const server of running) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };

  async function serveIbid(settings: Partial<HttpSettings>): Promise<string> {
    const { deps } = fakeDependencies({
      ask: bot.ask,
      conversations: bot.conversations,
      store: createFakeStore(LIBRARY),
      clock: () => Date.now(),
      // From somewhere else each time: one browser asks for more sessions than one address may have.
      clientAddress: () => `10.${(visitors >> 8) & 255}.${visitors++ & 255}.1`,
      assets: { read: (path) => readAsset(path, bundles) },
      settings: { sessionRateLimit: { limit: 10_000, windowSeconds: 60 }, ...settings },
    });
    const app = createApp(deps);
    const server = createAdaptorServer({
      fetch: async (request: Request, env: unknown) => {
        const { pathname } = new URL(request.url);
        const authorization = request.headers.get('authorization');
        servers.requests.push({ line: `${request.method} ${pathname}`, authorization });
        const instead = request.method === 'OPTIONS' ? undefined : await servers.intercept?.(request);
        return instead ?? app.fetch(request, env as never);
      },
    }) as Server;
    const address = await listen(server, running);
    ours.push(address);
    return address;
  }

  const ibid = await serveIbid({ allowedOrigins: [site] });
  return Object.assign(servers, { ibid });
}

/** The policy of a careful site: nothing inline, no markup or script out of text, and these servers alone. */
function strictPolicy(servers: readonly string[]): string {
  const hosts = servers.join(' ');
  return `default-src 'none'; script-src ${hosts} 'self'; connect-src ${hosts}; style-src 'self'; require-trusted-types-for 'script'`;
}

async function readAsset(path: string, bundles: BrowserBundles): Promise<Uint8Array | undefined> {
  const [folder, name = ''] = path.split('/');
  if (folder === 'widget') return bundles[name as keyof BrowserBundles];
  return readFile(new URL(`../../http/${path}`, import.meta.url)).catch(() => undefined);
}

function listen(server: Server, running: Server[]): Promise<string> {
  running.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://localhost:${(server.address() as AddressInfo).port}`);
    });
  });
}
