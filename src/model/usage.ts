/** What a language model read and wrote for one question, all calls together. */
export interface Usage {
  /** Provider and name, e.g. `ollama:qwen3`. */
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Whether the model's server did not report all of them, so that they were counted here. */
  readonly estimated: boolean;
  /** US dollars, where the owner told the model's prices. */
  readonly costUsd?: number;
}
