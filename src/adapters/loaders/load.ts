import type { LoadedDocument } from '../../model/document.ts';
import { IbidError, type IbidErrorCode } from '../../model/errors.ts';

/** A file whose kind is known. */
export interface KnownFile {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** From the declared media type, when it names one. */
  readonly charset?: string;
}

/** Reads files of one kind. */
export type Load = (file: KnownFile) => Promise<LoadedDocument[]>;

/** A `document_unreadable` error about one file. */
export function unreadable(uri: string, reason: string, cause?: unknown): IbidError {
  const code: IbidErrorCode = 'document_unreadable';
  return new IbidError(code, `${uri}: ${reason}`, { cause });
}
