/** A text to be read against a question. */
export interface ReadingText {
  /** Title or headings, read before the sentences. */
  readonly context: string;
  /** In the order of the text. */
  readonly sentences: readonly string[];
}

/** What the spans of a sentence offer as an answer. */
export interface SpanReading {
  /** Log-odds of the best span against "no answer here". */
  readonly logOdds: number;
  /** Tokens that the answer takes: the mean over all spans, each as likely as it is. */
  readonly length: number;
}

/** What a text offers as an answer to a question. */
export interface Reading {
  /** Log-odds that the text answers the question. */
  readonly relevance: number;
  /** For each sentence; undefined where it was cut off. */
  readonly sentences: readonly (SpanReading | undefined)[];
}

/** A model that reads two texts together, word by word against each other. Rejects with `embedder_failed`. */
export interface CrossEncoder {
  /** Identity of weights and numeric precision. */
  readonly id: string;
  /** Readings in the order of `texts`, each independent of the others. */
  read(question: string, texts: readonly ReadingText[]): Promise<Reading[]>;
}
