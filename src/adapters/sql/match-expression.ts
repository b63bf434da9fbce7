/**
 * An FTS5 expression that any of `terms` satisfies. Each is quoted, so that operators, quotes and column names in it
 * are only words; one of several words is a phrase. (https://www.sqlite.org/fts5.html, section 3.1)
 */
export function matchAny(terms: readonly string[]): string {
  return terms.map((term) => `"${term.replaceAll('\0', ' ').replaceAll('"', '""')}"`).join(' OR ');
}

export interface TermChoice {
  /** Terms that find passages, rarest first. */
  readonly finding: readonly string[];
  /** Commoner terms, which only add to the score of what the others found. */
  readonly scoring: readonly string[];
}

/**
 * Chooses terms by how many passages hold them, since scoring a passage costs about a microsecond:
 * the rarest find, as many as `finding` passages in sum allow (the rarest always); the next score, as many as `scoring` allow.
 * What is left out weighs least in BM25. Terms that occur nowhere are dropped.
 */
export function chooseTerms(
  frequencies: ReadonlyMap<string, number>,
  budget: { readonly finding: number; readonly scoring: number },
): TermChoice {
  const present = [...frequencies].filter(([, count]) => count > 0).sort((a, b) => a[1] - b[1]);
  const finding: string[] = [];
  const scoring: string[] = [];
  let sum = 0;
  for (const [term, count] of present) {
    sum += count;
    if (finding.length === 0 || sum <= budget.finding) finding.push(term);
    else if (sum <= budget.finding + budget.scoring) scoring.push(term);
  }
  return { finding, scoring };
}
