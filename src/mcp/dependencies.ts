import type { Ask, Search } from '../ask/events.ts';
import type { LogEntry } from '../http/dependencies.ts';
import type { PassageStore } from '../ports/passage-store.ts';

/** All that the MCP surface needs. */
export interface McpDependencies {
  readonly ask: Ask;
  readonly search: Search;
  readonly store: Pick<PassageStore, 'listDocuments' | 'getDocument'>;
  /** Longest question or query in UTF-16 code units. */
  readonly maxQuestionChars: number;
  readonly log: (entry: LogEntry) => void;
  /** A fresh id, by which the log names a fault. */
  readonly newId: () => string;
}
