/** A document that a file was read as: its uri, and the hash of all that its index entry depends on. */
export interface ReadDocument {
  readonly uri: string;
  readonly contentHash: string;
}

/** What the files of a source were read as, by the fingerprints of the files. */
export type ReadFiles = ReadonlyMap<string, readonly ReadDocument[]>;

/**
 * Remembers what files were read as, so that one that has not changed is not read again. A fingerprint stands for all that
 * reading depends on, hence what is remembered is true whatever has become of the index, and may be lost at any time.
 */
export interface LoadMemory {
  /** Of the source of this name; empty when nothing is remembered. */
  recall(source: string): Promise<ReadFiles>;
  /** In place of all that was remembered of the source. */
  remember(source: string, files: ReadFiles): Promise<void>;
}
