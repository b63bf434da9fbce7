import { safeUrl } from './escape.ts';
import type { LinkOf } from './sources.ts';

/**
 * Where a source can be opened: a web page or file at its own address, with the page within it (RFC 8118), any other document at this
 * server, when it is known how others reach it.
 */
export function createLinkOf(publicUrl: string | undefined): LinkOf {
  return ({ uri, page, documentId }) => {
    if (/^https?:\/\//i.test(uri)) {
      const anchor = page === undefined || uri.includes('#') ? '' : `#page=${page}`;
      return safeUrl(`${uri}${anchor}`);
    }
    if (publicUrl === undefined) return undefined;
    const anchor = page === undefined ? '' : `#page=${page}`;
    return `${publicUrl}/v1/documents/${encodeURIComponent(documentId)}${anchor}`;
  };
}
