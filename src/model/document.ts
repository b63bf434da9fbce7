/** A half-open range `[start, end)` in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type MetadataValue = string | number | boolean | readonly string[];
export type Metadata = Readonly<Record<string, MetadataValue>>;

/** One source text. `text` is the normalised text that all offsets refer to; it never changes under an id and hash. */
export interface Document {
  /** `doc_` and 20 hex digits of the SHA-256 of `uri`. */
  readonly id: string;
  /** A path relative to the documents folder with `/` between its parts, or an absolute URL. */
  readonly uri: string;
  readonly title: string;
  readonly mediaType: string;
  readonly text: string;
  /** SHA-256 (hex) of all that indexing depends on: text, title, structure and metadata. */
  readonly contentHash: string;
  readonly metadata: Metadata;
}

/** A heading: `[start, end)` is its line in the text, `title` its bare words, `level` 1–6. */
export interface Heading extends Span {
  readonly level: number;
  readonly title: string;
}

/** A page, slide or the like: from `start` up to the next mark. `number` counts from 1. */
export interface PageMark {
  readonly start: number;
  readonly number: number;
}

/** What a loader knows about the shape of a text; offsets refer to the normalised text. All lists ascend. */
export interface Structure {
  readonly headings: readonly Heading[];
  readonly pages: readonly PageMark[];
  /** Code, table rows, subtitle cues and the like: each span is kept whole and is not split into sentences. */
  readonly atoms: readonly Span[];
}

export const NO_STRUCTURE: Structure = { headings: [], pages: [], atoms: [] };

/** A document as a loader gives it: text not yet hashed, with its structure. */
export interface LoadedDocument {
  readonly uri: string;
  readonly title: string;
  readonly mediaType: string;
  readonly text: string;
  readonly metadata: Metadata;
  readonly structure: Structure;
}
