import type { DocumentLoader } from '@langchain/core/document_loaders/base';
import type { Document } from '@langchain/core/documents';
import { IbidError, messageOf } from '../../model/errors.ts';
import type { DocumentSource, SourceItem } from '../../ports/document-source.ts';
import { pageNumberOf, toLoadedDocument } from './loaded-document.ts';
import { uriOf } from './loaded-uri.ts';

export interface LangchainSourceOptions {
  /** Any document loader of LangChain or its community: Confluence, GitHub, Notion, S3 … */
  readonly loader: DocumentLoader;
  /** Names the source, e.g. `langchain:wiki`; what it no longer brings is removed from the index. */
  readonly name: string;
  /** A folder: paths below it become relative to it, so that uris do not tell where on this machine it lies. */
  readonly root?: string;
}

/**
 * What a LangChain loader loads, as documents: one for each uri (`source`, `url` or `id` of its metadata), the pages of one
 * uri joined, others of one uri told apart by `#1`, `#2` … Documents without words are left out. `items()` throws
 * `document_unreadable` when the loader fails, so that what it brought before is not taken for gone.
 */
export function createLangchainSource({ loader, name, root }: LangchainSourceOptions): DocumentSource {
  return {
    name,
    async *items() {
      const groups = new Map<string, Document[]>();
      for (const document of await loadAll(loader, name)) {
        const uri = uriOf(document, { root, otherwise: name });
        groups.set(uri, [...(groups.get(uri) ?? []), document]);
      }
      for (const [uri, documents] of groups) yield* itemsOf(uri, documents);
    },
  };
}

async function loadAll(loader: DocumentLoader, name: string): Promise<Document[]> {
  try {
    return await loader.load();
  } catch (cause) {
    throw new IbidError(
      'document_unreadable',
      `The LangChain loader of ${name} failed: ${messageOf(cause)}. Nothing was changed; check its settings and try again.`,
      { cause },
    );
  }
}

function* itemsOf(uri: string, documents: readonly Document[]): Iterable<SourceItem> {
  const arePages = documents.every((document) => pageNumberOf(document) !== undefined);
  if (arePages || documents.length === 1) {
    yield* itemOf(uri, documents);
    return;
  }
  for (const [at, document] of documents.entries()) yield* itemOf(`${uri}#${at + 1}`, [document]);
}

function* itemOf(uri: string, parts: readonly Document[]): Iterable<SourceItem> {
  if (parts.every(({ pageContent }) => pageContent.trim() === '')) return;
  yield { uri, load: async () => [toLoadedDocument(uri, parts)] };
}
