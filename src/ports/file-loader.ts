import type { LoadedDocument } from '../model/document.ts';

/** A file as it arrived: from a folder, an upload or the web. */
export interface LoadableFile {
  /** A path with `/` between its parts, or an absolute URL; its extension tells the kind. */
  readonly uri: string;
  /** As declared by who sent it, e.g. `text/html; charset=utf-8`. */
  readonly mediaType?: string;
  readonly bytes: Uint8Array;
}

/** Reads a file of any supported kind; archives of records give several documents. Rejects with `document_unreadable`. */
export type FileLoader = (file: LoadableFile) => Promise<LoadedDocument[]>;
