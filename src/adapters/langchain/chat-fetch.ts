import type { ModelError } from '../../model/model-error.ts';
import { refusalOf, unreachable } from './chat-fault.ts';

export interface ChatFetch {
  readonly fetch: typeof fetch;
  /** What went wrong before a stream began; clients wrap errors in ways of their own, and lose headers. */
  fault(): ModelError | undefined;
}

/** Headers in which clients send a key. */
const KEY_HEADERS = ['authorization', 'x-api-key'];
/** Bytes read of what a server says when it refuses. */
const REFUSAL_READ = 4_000;

/** A `fetch` for one call of a language model: it ends with `signal` whatever the client does, and names faults by status. */
export function createChatFetch(options: {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** The server and its address, for messages. */
  readonly place: string;
  /** Leaves out the placeholder that a client sends in place of a key. */
  readonly withoutKey: boolean;
}): ChatFetch {
  const { signal, place } = options;
  let fault: ModelError | undefined;
  return {
    fault: () => fault,
    async fetch(input, init) {
      const headers = new Headers(init?.headers);
      if (options.withoutKey) for (const name of KEY_HEADERS) headers.delete(name);
      try {
        const response = await options.fetch(input, { ...init, headers, signal });
        if (!response.ok) fault = refusalOf(response, await beginningOf(response), place);
        else return response;
      } catch (error) {
        fault = signal.aborted ? undefined : unreachable(error, place);
        throw fault ?? error;
      }
      throw fault;
    },
  };
}

async function beginningOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  return text.slice(0, REFUSAL_READ);
}
