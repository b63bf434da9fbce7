/** A vector under the id of its passage. */
export interface VectorRecord {
  readonly passageId: string;
  readonly documentId: string;
  /** Unit length. */
  readonly vector: Float32Array;
}

export interface VectorMatch {
  readonly passageId: string;
  /** Cosine similarity, higher is better. */
  readonly score: number;
}

export interface VectorQuery {
  /** Unit length. */
  readonly vector: Float32Array;
  readonly limit: number;
  /** Only passages of these documents, when given. */
  readonly documentIds?: ReadonlySet<string>;
}

export interface VectorChange {
  readonly upserts: readonly VectorRecord[];
  /** Passage ids; unknown ones are ignored. */
  readonly removals: readonly string[];
  /** The store's generation after this change. */
  readonly generation: number;
}

/** Nearest passages by cosine. It is derived from the store and can always be rebuilt from it. */
export interface VectorIndex {
  /** Best first, at most `limit`. */
  search(query: VectorQuery): Promise<VectorMatch[]>;
  apply(change: VectorChange): Promise<void>;
}
