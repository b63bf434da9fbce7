import type { Span } from './document.ts';

/**
 * A piece of a document that is embedded and retrieved as one.
 * `document.text.slice(start, end) === text`, always.
 */
export interface Passage {
  /** `psg_` and 20 hex digits of the SHA-256 of document id, span and text: the same input makes the same id. */
  readonly id: string;
  readonly documentId: string;
  /** Position among the document's passages, from 0. */
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Titles of the headings that the passage stands under, outermost first. */
  readonly headings: readonly string[];
  readonly page?: number;
  /** Its sentences, in document offsets, ascending; white space between them belongs to none. */
  readonly sentences: readonly Span[];
}

/** How a passage was found: by vector, by full text, or both. */
export type Via = 'vector' | 'text' | 'both';

/** A retrieved passage. `score` is a similarity in [0, 1]: higher is better, whatever the store returns. */
export interface Hit {
  readonly passage: Passage;
  readonly documentTitle: string;
  readonly documentUri: string;
  readonly score: number;
  readonly via: Via;
}
