/** What changes in the posting list of one term. */
export interface PostingChange {
  /** Passage keys. */
  readonly removed: number[];
  /** Passage keys, ascending, and how often the term occurs in each. */
  readonly added: number[];
  readonly counts: number[];
}

/** Changes by term, gathered until they are many enough to be merged at once. */
export interface Pending {
  readonly changes: ReadonlyMap<string, PostingChange>;
  /** Number of postings. */
  readonly size: number;
  remove(key: number, terms: ReadonlyMap<string, number>): void;
  /** Keys ascend from call to call, and are above all that stay. */
  add(key: number, terms: ReadonlyMap<string, number>): void;
}

export function createPending(): Pending {
  const changes = new Map<string, PostingChange>();
  let size = 0;
  const changeOf = (term: string): PostingChange => {
    const known = changes.get(term);
    if (known) return known;
    const change: PostingChange = { removed: [], added: [], counts: [] };
    changes.set(term, change);
    return change;
  };
  return {
    changes,
    get size() {
      return size;
    },
    remove(key, terms) {
      for (const term of terms.keys()) changeOf(term).removed.push(key);
      size += terms.size;
    },
    add(key, terms) {
      for (const [term, count] of terms) {
        const { added, counts } = changeOf(term);
        added.push(key);
        counts.push(count);
      }
      size += terms.size;
    },
  };
}

/** How often each term occurs. */
export function countTerms(terms: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
