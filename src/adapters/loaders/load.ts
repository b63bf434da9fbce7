import type { LoadedDocument } from '../../model/document.ts';
import { IbidError } from '../../model/errors.ts';

/** A file whose kind is known. */
export interface KnownFile {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** From the declared media type, when it names one. */
  readonly charset?: string;
}

/** Reads files of one kind. */
export type Load = (file: KnownFile) => Promise<LoadedDocument[]>;

/** A `document_unreadable` error; reports name the file beside it. */
export function unreadable(message: string, cause?: unknown): IbidError {
  return new IbidError('document_unreadable', message, { cause });
}
