/** How much is measured. */
export interface Sizes {
  readonly scale: 'full' | 'quick' | 'tiny';
  readonly ingest: {
    readonly rounds: number;
    /** Documents a round; each round reads others. */
    readonly documents: number;
    /** Number of the first of them in the text. */
    readonly from: number;
  };
  /** Documents of the index that questions are asked of. */
  readonly small: number;
  /** Documents of the large index; 0 leaves that part out. */
  readonly large: number;
  readonly search: { readonly rounds: number; readonly questions: number };
  /** Questions asked to the end. */
  readonly asks: number;
  readonly reingests: number;
  readonly coldStarts: number;
  readonly recallQuestions: number;
}

const FULL: Sizes = {
  scale: 'full',
  ingest: { rounds: 3, documents: 600, from: 20_000 },
  small: 10_000,
  large: 100_000,
  search: { rounds: 5, questions: 40 },
  asks: 200,
  reingests: 3,
  coldStarts: 5,
  recallQuestions: 200,
};

const TINY: Sizes = {
  scale: 'tiny',
  ingest: { rounds: 2, documents: 10, from: 60 },
  small: 50,
  large: 100,
  search: { rounds: 2, questions: 4 },
  asks: 5,
  reingests: 1,
  coldStarts: 1,
  recallQuestions: 5,
};

/** `full` for the report, `quick` without the large index, `tiny` to see that everything runs. */
export function sizesOf(scale: Sizes['scale']): Sizes {
  if (scale === 'tiny') return TINY;
  return scale === 'full' ? FULL : { ...FULL, scale, large: 0 };
}
