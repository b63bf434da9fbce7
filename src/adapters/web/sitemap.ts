import { gunzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { decodeText } from '../../model/normalise.ts';

/** A sitemap (sitemaps.org): addresses of pages, or of further sitemaps. */
export interface Sitemap {
  readonly pages: readonly string[];
  readonly sitemaps: readonly string[];
}

/** The largest that the protocol allows, unpacked. */
const MAX_BYTES = 50 * 1024 * 1024;

/** Reads a sitemap or a sitemap index, also gzipped; undefined where the bytes are something else. */
export function parseSitemap(bytes: Uint8Array): Sitemap | undefined {
  const xml = decodeText(unpack(bytes));
  if (!/<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/.test(xml.slice(0, 4096))) return undefined;
  const parser = new XMLParser({
    removeNSPrefix: true,
    parseTagValue: false,
    isArray: (name) => name === 'url' || name === 'sitemap',
  });
  const { urlset, sitemapindex } = parser.parse(xml) as { urlset?: unknown; sitemapindex?: unknown };
  return { pages: locations(urlset, 'url'), sitemaps: locations(sitemapindex, 'sitemap') };
}

/** Whether an address looks like that of a sitemap. */
export function isSitemapAddress(url: string): boolean {
  return /\.xml(?:\.gz)?$/i.test(new URL(url).pathname);
}

function unpack(bytes: Uint8Array): Uint8Array {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
}

function locations(root: unknown, name: string): string[] {
  const entries = (root as Record<string, unknown> | undefined)?.[name];
  if (!Array.isArray(entries)) return [];
  return (entries as { loc?: unknown }[]).flatMap(({ loc }) => (typeof loc === 'string' ? [loc.trim()] : []));
}
