import { messageOf } from '../../model/errors.ts';
import { findPageLinks } from './page-links.ts';
import type { PoliteClient } from './polite-client.ts';
import type { WebResponse } from './web-client.ts';

/** A page that was reached, or could not be. */
export type Visit =
  | { readonly url: string; readonly response: WebResponse }
  | { readonly url: string; readonly error: unknown };

export interface CrawlLimits {
  readonly maxPages: number;
  /** Links from the first page; 0 reads that page alone. */
  readonly maxDepth: number;
}

/** Pages fetched before they are handed on. */
const BATCH = 4;
/** What pages link to that holds no text to read. */
const NO_DOCUMENT =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|css|js|mjs|map|woff2?|ttf|mp[34]|webm|mov|avi|wav|ogg|zip|gz|tgz|tar|rar|7z|exe|dmg|iso)$/i;
const READABLE =
  /^(?:$|text\/(?!css|javascript)|application\/(?:pdf|json|xhtml\+xml|epub\+zip|octet-stream|vnd\.openxmlformats))/i;

/** Follows the links of one origin, nearest pages first. The start may redirect to another origin, links may not. */
export async function* crawl(client: PoliteClient, start: string, limits: CrawlLimits): AsyncIterable<Visit> {
  const seen = new Set([start]);
  let origin = new URL(start).origin;
  let level = [start];
  let count = 0;
  for (let depth = 0; depth <= limits.maxDepth && level.length > 0; depth += 1) {
    const next: string[] = [];
    while (level.length > 0 && count < limits.maxPages) {
      const batch = level.splice(0, Math.min(BATCH, limits.maxPages - count));
      for (const visit of await Promise.all(batch.map((url) => visitPage(client, url, url === start)))) {
        if (!visit) continue;
        if ('error' in visit) {
          count += 1;
          yield visit;
          continue;
        }
        const reached = visit.response.url;
        if (visit.url === start) origin = new URL(reached).origin;
        if (new URL(reached).origin !== origin || (reached !== visit.url && seen.has(reached))) continue;
        seen.add(reached);
        const { links, isHidden } = await linksOf(visit.response);
        for (const link of links) {
          const { origin: target, pathname } = new URL(link);
          if (target !== origin || seen.has(link) || NO_DOCUMENT.test(pathname)) continue;
          seen.add(link);
          next.push(link);
        }
        if (isHidden || !READABLE.test(visit.response.mediaType)) continue;
        count += 1;
        yield { url: reached, response: visit.response };
      }
    }
    level = next;
  }
}

/** Undefined for a linked page that robots.txt keeps closed: that is its owner's wish, not a fault. */
async function visitPage(client: PoliteClient, url: string, isStart: boolean): Promise<Visit | undefined> {
  try {
    if (!isStart && !(await client.isAllowed(url))) return undefined;
    return { url, response: await client.get(url) };
  } catch (error) {
    return { url, error: error instanceof Error ? error : new Error(messageOf(error)) };
  }
}

async function linksOf(response: WebResponse): Promise<{ links: readonly string[]; isHidden: boolean }> {
  if (!/^(?:text\/html|application\/xhtml\+xml)\b/i.test(response.mediaType))
    return { links: [], isHidden: false };
  return findPageLinks(response.bytes, response.url);
}
