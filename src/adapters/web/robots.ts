import robotsParser from 'robots-parser';
import { IbidError } from '../../model/errors.ts';
import type { WebClient } from './web-client.ts';

/** The name under which robots.txt may address Ibid. */
export const ROBOT_NAME = 'IbidBot';
const LONGEST_DELAY_MS = 10_000;
/** As much as RFC 9309 asks a crawler to read. */
const MAX_LENGTH = 512 * 1024;

/** The package is CommonJS; its types tell of a default export that it does not have. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

/** What robots.txt of a site says about one page. */
export interface RobotsRule {
  readonly isAllowed: boolean;
  /** Between two requests to the site, at most 10 s. */
  readonly delayMs: number;
}

/** Asks robots.txt (RFC 9309), once a site: none (4xx) allows all, one that cannot be had (5xx) allows nothing. */
export function createRobots(get: WebClient): (url: URL) => Promise<RobotsRule> {
  const sites = new Map<string, Promise<(url: URL) => RobotsRule>>();
  return async (url) => {
    let site = sites.get(url.origin);
    if (!site) {
      site = readRules(get, new URL('/robots.txt', url).href);
      sites.set(url.origin, site);
    }
    return (await site)(url);
  };
}

async function readRules(get: WebClient, address: string): Promise<(url: URL) => RobotsRule> {
  const { status, bytes } = await get(address);
  if (status >= 500) {
    throw new IbidError(
      'document_unreadable',
      `${address} answers ${status}, so nothing may be read yet. Try later.`,
    );
  }
  if (status >= 400) return () => ({ isAllowed: true, delayMs: 0 });
  const rules = parseRobots(address, new TextDecoder().decode(bytes.subarray(0, MAX_LENGTH)));
  const delayMs = Math.min(LONGEST_DELAY_MS, (rules.getCrawlDelay(ROBOT_NAME) ?? 0) * 1000);
  return (url) => ({ isAllowed: rules.isAllowed(url.href, ROBOT_NAME) ?? true, delayMs });
}
