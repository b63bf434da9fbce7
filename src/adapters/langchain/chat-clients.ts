import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

export interface ChatServer {
  /** `openai` stands for all that speak its protocol: vLLM, llama.cpp, LM Studio, Ollama's /v1 … */
  readonly provider: 'openai' | 'anthropic' | 'ollama';
  readonly model: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  /** Tokens that a prompt and its reply may have together; Ollama reserves as many, and cuts silently what is longer. */
  readonly contextTokens: number;
}

/** What one call needs of a client. */
export interface ClientOptions {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly maxTokens: number;
  readonly habits: Habits;
}

/** What some models and servers refuse; each is given up when it is. */
export interface Habits {
  /** 0; reasoning models take none. */
  readonly temperature: boolean;
  /** Asks for the tokens used, as OpenAI does in streams. */
  readonly streamUsage: boolean;
  /** `max_tokens`, which newer models of OpenAI call `max_completion_tokens`. */
  readonly maxTokens: boolean;
}

export type CreateClient = (options: ClientOptions) => BaseChatModel;

export const DEFAULT_URLS = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
  ollama: 'http://127.0.0.1:11434',
} as const;

/** Clients insist on a key; it is not sent. */
const NO_KEY = 'none';
/** Whoever calls decides how often to try. */
const ONCE = { maxRetries: 0 };
const LONGEST_MS = 600_000;

/** LangChain's client for a provider; its library is loaded only now. No key is read from the environment. */
export function loadClient(server: ChatServer): Promise<CreateClient> {
  switch (server.provider) {
    case 'openai':
      return openAi(server);
    case 'anthropic':
      return anthropic(server);
    case 'ollama':
      return ollama(server);
  }
}

async function openAi({ model, apiKey = NO_KEY }: ChatServer): Promise<CreateClient> {
  const { ChatOpenAI } = await import('@langchain/openai');
  return ({ url, fetch, maxTokens, habits }) =>
    new ChatOpenAI({
      ...ONCE,
      model,
      apiKey,
      timeout: LONGEST_MS,
      streamUsage: habits.streamUsage,
      ...(habits.temperature ? { temperature: 0 } : {}),
      ...(habits.maxTokens ? { maxTokens } : { modelKwargs: { max_completion_tokens: maxTokens } }),
      // null keeps the client from looking for them in the environment; what it cannot parse it would print.
      configuration: { baseURL: url, fetch, organization: null, project: null, logLevel: 'off' },
    });
}

async function anthropic({ model, apiKey = NO_KEY }: ChatServer): Promise<CreateClient> {
  const { ChatAnthropic } = await import('@langchain/anthropic');
  return ({ url, fetch, maxTokens, habits }) =>
    new ChatAnthropic({
      ...ONCE,
      model,
      apiKey,
      anthropicApiUrl: url,
      maxTokens,
      ...(habits.temperature ? { temperature: 0 } : {}),
      clientOptions: { fetch, timeout: LONGEST_MS, authToken: null, logLevel: 'off' },
    });
}

async function ollama({ model, apiKey, contextTokens }: ChatServer): Promise<CreateClient> {
  const { ChatOllama } = await import('@langchain/ollama');
  return ({ url, fetch, maxTokens, habits }) =>
    new ChatOllama({
      ...ONCE,
      model,
      baseUrl: url,
      fetch,
      numCtx: contextTokens,
      numPredict: maxTokens,
      ...(habits.temperature ? { temperature: 0 } : {}),
      ...(apiKey === undefined ? {} : { headers: { authorization: `Bearer ${apiKey}` } }),
    });
}
