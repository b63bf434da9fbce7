import { IbidError } from '../../model/errors.ts';

export interface OrderedFetch {
  readonly fetch: typeof fetch;
  /** Ends all requests that run. */
  abort(): void;
}

/**
 * A `fetch` for embedding servers: each request ends after `timeout` milliseconds at the latest, and the results in OpenAI's
 * format come in the order of their `index`, which servers may disregard (https://platform.openai.com/docs/api-reference/embeddings)
 * and LangChain does not look at. Rejects with `embedder_failed` when results are not numbered so that their order is certain.
 */
export function createOrderedFetch(options: {
  readonly fetch: typeof fetch;
  readonly timeout: number;
  /** Leaves out the placeholder that a client sends in place of a key. */
  readonly withoutKey: boolean;
}): OrderedFetch {
  const running = new Set<AbortController>();
  return {
    abort: () => {
      for (const request of running) request.abort();
    },
    async fetch(input, init) {
      const request = new AbortController();
      const timer = setTimeout(() => request.abort(timeoutFault()), options.timeout);
      running.add(request);
      try {
        const headers = new Headers(init?.headers);
        if (options.withoutKey) headers.delete('authorization');
        const response = await options.fetch(input, { ...init, headers, signal: request.signal });
        const body = await response.text();
        const { status, statusText } = response;
        const answer = { status, statusText, headers: answerHeaders(response.headers) };
        return new Response(response.ok ? JSON.stringify(inOrder(parse(body))) : body, answer);
      } finally {
        clearTimeout(timer);
        running.delete(request);
      }
    },
  };
}

/** The body is decoded and may be written anew. */
function answerHeaders(given: Headers): Headers {
  const headers = new Headers(given);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return headers;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new IbidError(
      'embedder_failed',
      'The embedding server sent something else than JSON. Check IBID_EMBED_BASE_URL; if it is right, look at the log of the server.',
      { cause },
    );
  }
}

function inOrder(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('data' in body) || !Array.isArray(body.data))
    return body;
  const results: unknown[] = body.data;
  if (results.length < 2) return body;
  const data: unknown[] = new Array(results.length).fill(undefined);
  for (const result of results) {
    const index = indexOf(result);
    if (!(index in data) || data[index] !== undefined) throw orderFault();
    data[index] = result;
  }
  return { ...body, data };
}

/** Some servers leave out what is zero. */
function indexOf(result: unknown): number {
  if (typeof result !== 'object' || result === null || !('index' in result)) return 0;
  return typeof result.index === 'number' ? result.index : Number.NaN;
}

function orderFault(): IbidError {
  return new IbidError(
    'embedder_failed',
    'The embedding server does not number its vectors, so that it is uncertain which text each belongs to. Set IBID_EMBED_BATCH=1 to ask for one at a time.',
  );
}

function timeoutFault(): DOMException {
  return new DOMException('The request took too long.', 'TimeoutError');
}
