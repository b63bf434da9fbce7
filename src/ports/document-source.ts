import type { LoadedDocument } from '../model/document.ts';

/** One thing to load: it may hold several documents (an archive) or fail alone. */
export interface SourceItem {
  readonly uri: string;
  /** Stands for all that loading depends on: the same again, the same documents. Rejects as loading does. */
  fingerprint?(): Promise<string>;
  /** Rejects with `document_unreadable`, saying why. */
  load(): Promise<LoadedDocument[]>;
}

/** Where documents come from: a folder, a list of URLs, an upload. */
export interface DocumentSource {
  /** Names the source, e.g. `folder:documents`; stored as the origin of its documents. */
  readonly name: string;
  items(): AsyncIterable<SourceItem>;
}
