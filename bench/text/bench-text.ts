export interface BenchDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** What all contenders read. Each call gives the same again. */
export interface BenchText {
  readonly name: string;
  /** Names the content: the same key, the same documents. */
  readonly key: string;
  /** `count` documents from number `from` on, fewer at the end of the text. */
  documents(from: number, count: number): Promise<BenchDocument[]>;
  /** The first `count` questions, fewer when there are not so many. */
  questions(count: number): Promise<string[]>;
}
