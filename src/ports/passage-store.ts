import type { Document, Metadata } from '../model/document.ts';
import type { IndexIdentity, IndexManifest } from '../model/manifest.ts';
import type { Passage } from '../model/passage.ts';
import type { PassageEmbedding } from './embedder.ts';
import type { VectorRecord } from './vector-index.ts';

/** Metadata a document must have: a value, or one of several. A list-valued field matches when it holds one of them. */
export type MetadataFilter = Readonly<
  Record<string, string | number | boolean | readonly (string | number | boolean)[]>
>;

export interface DocumentSummary {
  readonly id: string;
  readonly uri: string;
  readonly title: string;
  readonly mediaType: string;
  readonly contentHash: string;
  readonly metadata: Metadata;
  /** The source that brought it, e.g. `folder:documents`; a source prunes only its own. */
  readonly origin: string;
  readonly passageCount: number;
}

export interface StoredPassage {
  readonly passage: Passage;
  readonly documentTitle: string;
  readonly documentUri: string;
  readonly embedding: PassageEmbedding;
}

export interface TextMatch {
  readonly passageId: string;
  /** BM25, higher is better, unbounded. */
  readonly score: number;
}

export interface TextQuery {
  /** Terms as the store's `TextAnalyser` gives them, any of which may match. */
  readonly terms: readonly string[];
  readonly limit: number;
  /** Only passages of these documents, when given. */
  readonly documentIds?: ReadonlySet<string>;
  /** Only these passages, when given without `documentIds`: what full text thinks of passages found otherwise. */
  readonly passageIds?: ReadonlySet<string>;
}

/** Terms from `from` up to but without `to`, in the order of code points, `shortest` to `longest` characters long. */
export interface TermRange {
  readonly from: string;
  readonly to: string;
  readonly shortest: number;
  readonly longest: number;
}

/** A new or changed document with its passages; `embeddingKeys[i]` names the cached embedding of `passages[i]`. */
export interface IndexedDocument {
  readonly document: Document;
  readonly origin: string;
  readonly passages: readonly Passage[];
  readonly embeddingKeys: readonly string[];
}

export interface IndexChange {
  readonly identity: IndexIdentity;
  readonly upserts: readonly IndexedDocument[];
  /** Document ids. */
  readonly removals: readonly string[];
}

export interface CommittedChange {
  readonly generation: number;
  readonly addedPassages: readonly VectorRecord[];
  readonly removedPassageIds: readonly string[];
}

/** The truth: documents, passages, their full text and their vectors. Reads see one committed generation. */
export interface PassageStore {
  /** Undefined before the first commit. */
  manifest(): Promise<IndexManifest | undefined>;
  /** Ordered by uri, after the given uri when paging. */
  listDocuments(page: {
    limit: number;
    afterUri?: string;
    filter?: MetadataFilter;
  }): Promise<DocumentSummary[]>;
  countDocuments(): Promise<{ documents: number; passages: number }>;
  getDocument(id: string): Promise<Document | undefined>;
  /** Ids of the documents that `filter` lets through. */
  matchDocuments(filter: MetadataFilter): Promise<ReadonlySet<string>>;
  /** Ids of a document's passages, in the order of its text; none of an unknown document. */
  passageIds(documentId: string): Promise<string[]>;
  /** In the order of `ids`; unknown ids are left out. */
  getPassages(ids: readonly string[]): Promise<StoredPassage[]>;
  /** The best first; of equal scores the passage that was committed first. */
  searchText(query: TextQuery): Promise<TextMatch[]>;
  /** In how many passages (of text, headings or title) each term of the store's `TextAnalyser` occurs; terms that occur nowhere map to 0. */
  documentFrequencies(terms: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The index terms of a range, with the number of passages that hold each. */
  termsBetween(range: TermRange): Promise<ReadonlyMap<string, number>>;
  /** Every vector of the committed generation, in batches, for rebuilding an index. */
  vectors(): AsyncIterable<readonly VectorRecord[]>;
  /** Which of these embedding keys are cached. */
  cachedEmbeddings(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Caches embeddings durably outside any index, so that an interrupted ingestion keeps its work. */
  cacheEmbeddings(entries: ReadonlyMap<string, PassageEmbedding>): Promise<void>;
  /** Applies the whole change in one transaction and drops embeddings no longer in use. All or nothing. */
  commit(change: IndexChange): Promise<CommittedChange>;
}
