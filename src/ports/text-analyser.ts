/** Makes index terms of text; passages and questions must be analysed alike. */
export interface TextAnalyser {
  /** Names what `analyse` does. Change it whenever some text gives other terms: a store whose terms another analyser made makes them anew. */
  readonly id: string;
  /** The terms of a text, in order, as often as they occur. */
  readonly analyse: (text: string) => readonly string[];
}
