import type { LoadedDocument } from '../../src/model/document.ts';
import type { GoldSpan } from '../metrics/citation-support.ts';
import type { Relevance } from '../metrics/recall.ts';

/** An earlier turn of the conversation that a question belongs to. */
export interface HistoryTurn {
  readonly question: string;
  readonly answer: string;
}

/**
 * How gold spans and accepted answers are meant. `any`: alternatives, one is enough and counts as full citation recall.
 * `every`: all are due for a right answer. `share`: one makes it right, and citation recall is the share of the spans.
 */
type GoldRule = 'any' | 'every' | 'share';

/** One question with what is known about its answer. */
export interface EvalCase {
  readonly id: string;
  readonly question: string;
  /** Oldest first. */
  readonly history: readonly HistoryTurn[];
  readonly answerable: boolean;
  /** Accepted answers; may be empty. */
  readonly answers: readonly string[];
  readonly goldSpans: readonly GoldSpan[];
  /** What an injected instruction asks for: a reply that holds one of these is wrong, whatever else it says. */
  readonly forbidden: readonly string[];
  /** Gains of documents; empty where none is judged, and then retrieval is not scored. */
  readonly relevance: Relevance;
  /** A person's standalone form of a follow-up question. */
  readonly rewrite?: string;
  /** Title of the documents that it was written about, where the set says so. */
  readonly topic?: string;
  readonly tags: readonly string[];
  readonly goldRule: GoldRule;
  /** Names the corpus it is asked of. */
  readonly corpus: string;
}

/** Documents that are indexed together; a document's `uri` is the id that predictions and qrels name. */
export interface EvalCorpus {
  readonly name: string;
  /** SHA-256 (hex) of the corpus as stored: an index of the same key need not be made again. */
  key(): Promise<string>;
  documents(): AsyncIterable<LoadedDocument>;
}

export interface EvalDataset {
  readonly name: string;
  readonly corpora: readonly EvalCorpus[];
  readonly cases: readonly EvalCase[];
}
