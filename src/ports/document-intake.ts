import type { LoadedDocument } from '../model/document.ts';

/** Documents that another machine has read. */
export interface IncomingDocuments {
  /** Stored as the documents' origin. */
  readonly origin: string;
  readonly documents: readonly LoadedDocument[];
}

export interface IntakeStatus {
  /** Documents that are not ingested yet. */
  readonly waiting: number;
  /** Those that could not be ingested, until they are sent again. */
  readonly failed: readonly { readonly uri: string; readonly message: string }[];
  /** Passages that are ingested and that the search by meaning does not know yet. */
  readonly settling: number;
}

/** Takes documents in, at once or for a queue to ingest; the same documents may be sent again. */
export interface DocumentIntake {
  /** Resolves when nothing of it can be lost any more. */
  accept(incoming: IncomingDocuments): Promise<void>;
  status(): Promise<IntakeStatus>;
}
