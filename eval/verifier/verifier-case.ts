import type { StoredPassage } from '../../src/ports/passage-store.ts';

/** A sentence to be checked, what it is checked against, and whether it should stand. */
export interface VerifierCase {
  /** `documents`, the name of a data set, or `hand-written`. */
  readonly set: string;
  /** How it was made, e.g. `number` or `synonym`. */
  readonly kind: string;
  readonly claim: string;
  readonly supported: boolean;
  readonly question: string;
  readonly passages: readonly StoredPassage[];
  /** Not shown to the fit. */
  readonly heldOut: boolean;
}
