import type { Document } from '@langchain/core/documents';
import { normaliseText } from '../../model/normalise.ts';

/** What loaders of files write for content that has no path. */
const NOWHERE = 'blob';

/**
 * Where a LangChain document comes from: `source`, `url` or `id` of its metadata, or its own id, else `otherwise`.
 * A path below `root` becomes relative to it, with `/` between its parts.
 */
export function uriOf(
  { metadata, id }: Document,
  { root, otherwise }: { readonly root: string | undefined; readonly otherwise: string },
): string {
  for (const candidate of [metadata.source, metadata.url, metadata.id, id]) {
    if (typeof candidate !== 'string' && typeof candidate !== 'number') continue;
    const uri = normaliseText(String(candidate)).replaceAll('\n', ' ').trim();
    if (uri !== '' && uri !== NOWHERE) return root === undefined ? uri : relativeTo(root, uri);
  }
  return otherwise;
}

function relativeTo(root: string, path: string): string {
  const folder = `${withSlashes(normaliseText(root)).replace(/\/$/, '')}/`;
  const slashed = withSlashes(path);
  return slashed.startsWith(folder) && slashed.length > folder.length ? slashed.slice(folder.length) : path;
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
