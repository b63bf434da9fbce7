import type { ReadDocument } from '../ports/load-memory.ts';
import type { DocumentSummary } from '../ports/passage-store.ts';

/** What a stored document's summary tells the plan. */
export type Known = Pick<DocumentSummary, 'id' | 'uri' | 'contentHash' | 'origin'>;

export type Verdict = 'added' | 'changed' | 'unchanged' | 'duplicate';

export interface Plan {
  /** What is to be done with a loaded document; a uri that came before in the same run is a duplicate. */
  judge(document: ReadDocument): Verdict;
  /** Whether all of these would be judged unchanged. */
  holds(documents: readonly ReadDocument[]): boolean;
  /** What is stored under the uri of an item that failed stays, also the members of an archive. */
  keep(uri: string): void;
  /** Stored documents of this origin that were neither judged nor kept. */
  removals(): Known[];
}

/**
 * Compares what a source brings with what is stored. A document that another origin brought is taken over, hence changed.
 * With `rebuild`, nothing is unchanged.
 */
export function createPlan(
  stored: readonly Known[],
  { origin, rebuild = false }: { readonly origin: string; readonly rebuild?: boolean },
): Plan {
  const byUri = new Map(stored.map((document) => [document.uri, document]));
  const seen = new Set<string>();
  const failed: string[] = [];
  const verdictOn = ({ uri, contentHash }: ReadDocument): Verdict => {
    if (seen.has(uri)) return 'duplicate';
    const before = byUri.get(uri);
    if (!before) return 'added';
    const same = before.contentHash === contentHash && before.origin === origin;
    return same && !rebuild ? 'unchanged' : 'changed';
  };
  return {
    judge(document) {
      const verdict = verdictOn(document);
      seen.add(document.uri);
      return verdict;
    },
    holds: (documents) => documents.every((document) => verdictOn(document) === 'unchanged'),
    keep: (uri) => {
      failed.push(uri);
    },
    removals: () => {
      const kept = new Set(failed);
      const members = failed.flatMap((uri) => ['#', '/', '!'].map((mark) => uri + mark));
      const isKept = (uri: string) => kept.has(uri) || members.some((start) => uri.startsWith(start));
      return stored.filter(
        (document) => document.origin === origin && !seen.has(document.uri) && !isKept(document.uri),
      );
    },
  };
}
