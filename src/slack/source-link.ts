import { safeUrl } from './escape.ts';
import type { LinkOf } from './sources.ts';

/** Slack takes addresses of up to 3,000 characters, and a whole message is not to fail for one. */
const LONGEST_URL = 2_500;

/**
 * Where a source can be opened: a web page or file at its own address, with the page within it (RFC 8118); any other document on the
 * page of this server, which shows the quote where it stands, when it is known how others reach it.
 */
export function createLinkOf(publicUrl: string | undefined): LinkOf {
  return ({ uri, page, documentId, start, end }) => {
    if (/^https?:\/\//i.test(uri) && URL.canParse(uri) && uri.length <= LONGEST_URL) {
      const anchor = page === undefined || uri.includes('#') ? '' : `#page=${page}`;
      return safeUrl(`${uri}${anchor}`);
    }
    if (publicUrl === undefined) return undefined;
    const place = new URLSearchParams({ document: documentId, start: `${start}`, end: `${end}` });
    return `${publicUrl}/?${place}`;
  };
}
