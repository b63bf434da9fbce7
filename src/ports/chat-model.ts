export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Longest reply, in tokens of the model. */
  readonly maxTokens: number;
  /** Ends the request to the model's server as well. */
  readonly signal: AbortSignal;
}

/** A piece of the reply, or how it ended; `length`: it was cut off at `maxTokens`. */
export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'end'; readonly finish: 'stop' | 'length'; readonly tokens?: ChatTokens };

/** As the model's server counts them. */
export interface ChatTokens {
  readonly input: number;
  readonly output: number;
}

/**
 * A language model. One request is one try; whoever asks decides how often and how long.
 * A reply ends with one `end`, or the stream throws a `ModelError` (or the reason of `signal`).
 */
export interface ChatModel {
  /** Provider and name, e.g. `ollama:qwen3`. */
  readonly id: string;
  stream(request: ChatRequest): AsyncIterable<ChatPart>;
}
