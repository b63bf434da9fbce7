/**
 * Judges whether each of `texts` proves `claim`: probabilities in [0, 1], in the order of `texts`. It is one more voice in the
 * support check, never the only one. May reject; the check then goes on without it.
 */
export type Entailment = (claim: string, texts: readonly string[]) => Promise<readonly number[]>;
