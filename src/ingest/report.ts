import type { DocumentSource } from '../ports/document-source.ts';

/** Where an ingestion stands; `done` and `total` count passages once they are known. */
export interface IngestProgress {
  readonly phase: 'loading' | 'embedding' | 'committing';
  readonly done: number;
  readonly total: number;
}

export interface IngestFailure {
  readonly uri: string;
  readonly message: string;
}

export interface IngestReport {
  /** Documents. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly failed: readonly IngestFailure[];
  /** Passages embedded anew, and passages whose vectors were there already. */
  readonly embeddedPassages: number;
  readonly reusedPassages: number;
  /** The index generation afterwards; unchanged when nothing changed. */
  readonly generation: number;
  readonly elapsedMs: number;
}

export interface IngestOptions {
  /** Removes documents of the same source that it no longer holds. Default true; false for uploads. */
  readonly prune?: boolean;
  /** Indexes every document anew, and takes over an index that another embedder made. Default false. */
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

/** Brings the index up to date with a source. One ingestion runs at a time; others wait. */
export type Ingest = (source: DocumentSource, options?: IngestOptions) => Promise<IngestReport>;
