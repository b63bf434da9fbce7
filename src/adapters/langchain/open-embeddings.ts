import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { createOrderedFetch } from './ordered-fetch.ts';

export interface EmbeddingServer {
  /** `openai` stands for all that speak its protocol: Ollama's /v1, LM Studio, vLLM, TEI, llama.cpp … */
  readonly provider: 'openai' | 'ollama';
  readonly model: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
}

export interface OpenedEmbeddings {
  readonly embeddings: EmbeddingsInterface;
  /** The server and its address, for messages. */
  readonly place: string;
  /** Ends all requests that run. */
  abort(): void;
}

const DEFAULT_URLS = { openai: 'https://api.openai.com/v1', ollama: 'http://127.0.0.1:11434' } as const;
/** No caller waits longer. */
const REQUEST_TIMEOUT_MS = 120_000;
/** Tries, pauses and numbers of texts are the embedder's; questions must not wait behind the batches of an ingestion. */
const LIBRARY_LIMITS = { maxRetries: 0, maxConcurrency: 64 };
/** OpenAI's client insists on a key; it is not sent. */
const NO_KEY = 'none';

/** LangChain's client for a server; its library is loaded only now. Nothing is read from the environment. */
export async function openEmbeddings(
  server: EmbeddingServer,
  options: { readonly fetch?: typeof fetch; readonly timeout?: number } = {},
): Promise<OpenedEmbeddings> {
  const { provider, model, apiKey } = server;
  const url = (server.baseUrl ?? DEFAULT_URLS[provider]).replace(/\/+$/, '');
  const { fetch: plainFetch = fetch, timeout = REQUEST_TIMEOUT_MS } = options;
  const ordered = createOrderedFetch({ fetch: plainFetch, timeout, withoutKey: apiKey === undefined });
  const connection = { model, url, apiKey, fetch: ordered.fetch };
  const embeddings = await (provider === 'openai' ? openAi(connection) : ollama(connection));
  const place = `The embedding server at ${url} (${provider}:${model})`;
  return { embeddings, place, abort: ordered.abort };
}

interface Connection {
  readonly model: string;
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
}

async function openAi({ model, url, apiKey, fetch }: Connection): Promise<EmbeddingsInterface> {
  const { OpenAIEmbeddings } = await import('@langchain/openai');
  return new OpenAIEmbeddings({
    ...LIBRARY_LIMITS,
    model,
    apiKey: apiKey ?? NO_KEY,
    // With base64, the client's default, LM Studio and Ollama give silently short vectors.
    encodingFormat: 'float',
    stripNewLines: false,
    timeout: REQUEST_TIMEOUT_MS,
    // null keeps the client from looking for them in the environment.
    configuration: { baseURL: url, fetch, organization: null, project: null },
  });
}

async function ollama({ model, url, apiKey, fetch }: Connection): Promise<EmbeddingsInterface> {
  const { OllamaEmbeddings } = await import('@langchain/ollama');
  return new OllamaEmbeddings({
    ...LIBRARY_LIMITS,
    model,
    baseUrl: url,
    // Else a text that is longer than the model reads fails.
    truncate: true,
    fetch,
    ...(apiKey === undefined ? {} : { headers: { authorization: `Bearer ${apiKey}` } }),
  });
}
