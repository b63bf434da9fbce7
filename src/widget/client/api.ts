import type { AskEvent, Conversation, Document, FeedbackRequest } from '../../client/client.ts';
import { errorOf, IbidClientError } from '../../client/client-error.ts';
import { readEvents } from '../../client/read-events.ts';
import { fetchAlive } from './fetch-alive.ts';
import { type Fetch, fetchWithSession, type SessionSource, sessionsOf } from './session.ts';

/**
 * The server, as far as the widget needs it: `ibid/client` has more than its size allows. Calls reject with an
 * `IbidClientError`, or as `fetch` does when their signal is aborted.
 */
export interface Api {
  /** The events of an answer; the last is `answer-end`. */
  ask(
    request: { readonly question: string; readonly conversation_id?: string },
    signal: AbortSignal,
  ): AsyncGenerator<AskEvent, void>;
  document(id: string): Promise<Document>;
  conversation(id: string): Promise<Conversation>;
  rate(feedback: FeedbackRequest): Promise<void>;
  /** What the documents can answer, near to `about` when that is given. */
  suggestions(about?: string): Promise<readonly string[]>;
}

interface ApiOptions {
  /** Address of the server without a slash at its end. */
  readonly base: string;
  readonly send: Fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where tokens come from; the server itself without it. */
  readonly sessions?: SessionSource;
}

/** Three times the server's heartbeat. */
const SILENCE_MS = 45_000;

export function createApi({ base, send, now, sessions = sessionsOf(base, send, origin) }: ApiOptions): Api {
  const fetcher = fetchAlive(fetchWithSession(send, sessions, now), SILENCE_MS);

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      const response = await fetcher(`${base}/v1/${path}`, init);
      if (!response.ok) throw await errorOf(response);
      return response;
    } catch (error) {
      throw broken(error, 'unreachable');
    }
  }

  async function get<T>(path: string): Promise<T> {
    const response = await call(path);
    return response.json();
  }

  function post(
    path: string,
    body: unknown,
    headers: Record<string, string>,
    signal: AbortSignal | null = null,
  ) {
    const json = { ...headers, 'content-type': 'application/json' };
    return call(path, { method: 'POST', headers: json, body: JSON.stringify(body), signal });
  }

  return {
    async *ask(request, signal) {
      const { body } = await post('ask', request, { accept: 'text/event-stream' }, signal);
      if (body !== null) yield* readAnswer(body);
    },
    document: (id) => get(`documents/${encodeURIComponent(id)}`),
    conversation: (id) => get(`conversations/${encodeURIComponent(id)}`),
    async rate(feedback) {
      await post('feedback', feedback, {});
    },
    async suggestions(about) {
      const query = about === undefined ? '' : `?${new URLSearchParams({ about })}`;
      const { suggestions } = await get<{ suggestions: { question: string }[] }>(`suggestions${query}`);
      return suggestions.map(({ question }) => question);
    },
  };
}

async function* readAnswer(body: ReadableStream<Uint8Array>): AsyncGenerator<AskEvent, void> {
  try {
    for await (const data of readEvents(body)) {
      const event = JSON.parse(data) as AskEvent | { type: 'ask-error'; code: string; message: string };
      if (event.type === 'ask-error') throw new IbidClientError(event.code, event.message);
      yield event;
      if (event.type === 'answer-end') return;
    }
  } catch (error) {
    throw broken(error, 'stream_cut');
  }
  throw new IbidClientError('stream_cut', 'The answer broke off before its end.');
}

/** Browsers tell of every failed connection with a bare `TypeError`. */
function broken(error: unknown, code: 'unreachable' | 'stream_cut'): unknown {
  return error instanceof TypeError ? new IbidClientError(code, error.message) : error;
}
