const SCHEME = 'ibid://documents/';

/** The template of all documents' addresses (RFC 6570). */
export const DOCUMENT_URI_TEMPLATE = `${SCHEME}{document_id}`;

/** The address of a document as a resource. */
export function documentUri(id: string): string {
  return SCHEME + encodeURIComponent(id);
}

/** Undefined for what is no address of a document. */
export function documentIdOf(uri: string): string | undefined {
  if (!uri.startsWith(SCHEME)) return undefined;
  try {
    return decodeURIComponent(uri.slice(SCHEME.length));
  } catch {
    return undefined;
  }
}
