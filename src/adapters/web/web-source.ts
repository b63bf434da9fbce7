import type { DocumentSource, SourceItem } from '../../ports/document-source.ts';
import { type FileLoading, fileItem } from '../../ports/file-item.ts';
import { crawl, type Visit } from './crawl.ts';
import { createPoliteClient, type PoliteClient } from './polite-client.ts';
import { isPublicAddress, type Resolve } from './public-address.ts';
import { ROBOT_NAME } from './robots.ts';
import { isSitemapAddress, parseSitemap } from './sitemap.ts';
import { parseWebAddress } from './web-address.ts';
import { createWebClient } from './web-client.ts';

export interface WebSourceOptions extends FileLoading {
  /** Pages, or sitemaps (addresses that end in `.xml` or `.xml.gz`), whose pages are read. */
  readonly urls: readonly string[];
  /** Default `web:` and the URLs. */
  readonly name?: string;
  /** Follows links of the same origin. Default false. */
  readonly crawl?: boolean;
  /** Most pages of one sitemap or crawl. Default 500. */
  readonly maxPages?: number;
  /** Links from the first page of a crawl. Default 5. */
  readonly maxDepth?: number;
  /** Allows loopback and private addresses. Default false. */
  readonly allowPrivate?: boolean;
  /** Longest body. Default 20 MB. */
  readonly maxBytes?: number;
  /** For one page, redirects included. Default 30 s. */
  readonly timeoutMs?: number;
  /** Resolves host names; for tests. */
  readonly resolve?: Resolve;
}

const MAX_CHILD_SITEMAPS = 50;

/**
 * Pages of the web, each under its URL. Honours robots.txt; private addresses are refused unless allowed.
 * Throws `bad_request` for what is no http(s) URL, or holds a password.
 */
export function createWebSource(options: WebSourceOptions): DocumentSource {
  const { maxPages = 500, maxDepth = 5 } = options;
  const urls = [...new Set(options.urls.map((url) => parseWebAddress(url).href))];
  return {
    name: options.name ?? `web:${urls.join(' ')}`,
    async *items() {
      const client = createPoliteClient(createWebClient(clientOptions(options)));
      const seen = new Set<string>();
      for (const url of urls) {
        const items = options.crawl
          ? crawledItems(crawl(client, url, { maxPages, maxDepth }), options)
          : isSitemapAddress(url)
            ? sitemapItems(client, url, options, maxPages)
            : [pageItem(client, url, options)];
        for await (const item of items) {
          if (seen.has(item.uri)) continue;
          seen.add(item.uri);
          yield item;
        }
      }
    },
  };
}

function clientOptions({ allowPrivate = false, maxBytes, timeoutMs, resolve }: WebSourceOptions) {
  return {
    isAllowed: allowPrivate ? () => true : isPublicAddress,
    maxBytes: maxBytes ?? 20 * 1024 * 1024,
    timeoutMs: timeoutMs ?? 30_000,
    userAgent: `${ROBOT_NAME}/1.0`,
    ...(resolve ? { resolve } : {}),
  };
}

function pageItem(client: PoliteClient, uri: string, loading: FileLoading): SourceItem {
  return fileItem(uri, () => client.get(uri), loading);
}

async function* crawledItems(visits: AsyncIterable<Visit>, loading: FileLoading): AsyncIterable<SourceItem> {
  for await (const visit of visits) {
    yield 'error' in visit
      ? { uri: visit.url, load: () => Promise.reject(visit.error) }
      : fileItem(visit.url, async () => visit.response, loading);
  }
}

/** The pages of a sitemap on its own origin; an address that turns out to be no sitemap is read as a page. */
async function* sitemapItems(
  client: PoliteClient,
  address: string,
  loading: FileLoading,
  maxPages: number,
): AsyncIterable<SourceItem> {
  const { origin } = new URL(address);
  const waiting = [address];
  let count = 0;
  for (let read = 0; read <= MAX_CHILD_SITEMAPS && waiting.length > 0; read += 1) {
    const url = waiting.shift() ?? address;
    try {
      const response = await client.get(url);
      const sitemap = parseSitemap(response.bytes);
      if (!sitemap) {
        yield fileItem(url, async () => response, loading);
        continue;
      }
      // An index names sitemaps, never further indexes: one level is all the protocol knows.
      if (url === address) waiting.push(...sameOrigin(sitemap.sitemaps, origin));
      for (const page of sameOrigin(sitemap.pages, origin)) {
        if (count >= maxPages) return;
        count += 1;
        yield pageItem(client, page, loading);
      }
    } catch (error) {
      yield { uri: url, load: () => Promise.reject(error) };
    }
  }
}

function sameOrigin(addresses: readonly string[], origin: string): string[] {
  return addresses
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address))
    .filter((url) => url.origin === origin && url.username === '')
    .map((url) => parseWebAddress(url.href).href);
}
