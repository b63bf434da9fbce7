import type { EvalCorpus, HistoryTurn } from '../datasets/eval-dataset.ts';
import type { Prediction, RankedDocument } from '../prediction.ts';

interface EvalQuestion {
  readonly question: string;
  readonly history: readonly HistoryTurn[];
  /** Documents to rank. */
  readonly limit: number;
}

/** What is under test: anything that indexes documents and answers questions with citations. */
export interface SystemUnderTest {
  /** Everything but the corpus that its answers depend on, e.g. `bm25 k1=0.9 b=0.4`; predictions are kept under it. */
  readonly id: string;
  /** A fresh one, for one corpus. */
  open(): Promise<EvalSystem>;
}

/** One opened system: `index` first, once; then ask and search; `close` last. */
export interface EvalSystem {
  /** Makes the corpus searchable; `onProgress` counts passages or documents. */
  index(corpus: EvalCorpus, onProgress?: (done: number, total: number) => void): Promise<void>;
  /** Rejects where the system fails; a declined answer is no failure. */
  ask(question: EvalQuestion): Promise<Omit<Prediction, 'query_id'>>;
  /** Retrieval alone, for a query that stands for itself. */
  search(query: string, limit: number): Promise<RankedDocument[]>;
  /** The text that citation offsets refer to, and the title; undefined for an unknown id. */
  document(docId: string): Promise<{ title: string; text: string } | undefined>;
  close(): Promise<void>;
}
