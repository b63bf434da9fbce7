import { errorOf, IbidClientError } from './client-error.ts';
import { readEvents } from './read-events.ts';
import type {
  Answer,
  AskEvent,
  AskRequest,
  Conversation,
  Document,
  DocumentList,
  Feedback,
  FeedbackRequest,
  SearchRequest,
  SearchResponse,
} from './wire.ts';

// The whole of `ibid/client` for those who import it.
export { IbidClientError } from './client-error.ts';
export type {
  Answer,
  AskEvent,
  AskRequest,
  Citation,
  Conversation,
  Document,
  DocumentList,
  Feedback,
  FeedbackRequest,
  Filter,
  Hit,
  Passage,
  SearchRequest,
  SearchResponse,
  Turn,
  Usage,
} from './wire.ts';

export interface ClientOptions {
  /** Address of the server, such as `http://localhost:8787`; in a page of that server itself it may be left out. */
  readonly baseUrl?: string;
  /** API key or session token, or what gives one: it is asked before each request. */
  readonly apiKey?: string | (() => string | undefined | Promise<string | undefined>);
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** An Ibid server. Every call rejects with an `IbidClientError`, or as `fetch` does when its signal is aborted. */
export interface IbidClient {
  /** The whole answer; a decline is an answer too. */
  ask(request: AskRequest, options?: CallOptions): Promise<Answer>;
  /** The answer as it is made. Leave the loop, or abort the signal, to stop it. */
  stream(request: AskRequest, options?: CallOptions): AsyncGenerator<AskEvent, void>;
  search(request: SearchRequest, options?: CallOptions): Promise<SearchResponse>;
  readonly documents: {
    /** A page, in the order of uris; `after` is the `next` of the page before. */
    list(page?: { limit?: number; after?: string }, options?: CallOptions): Promise<DocumentList>;
    get(id: string, options?: CallOptions): Promise<Document>;
  };
  readonly conversations: {
    get(id: string, options?: CallOptions): Promise<Conversation>;
    delete(id: string, options?: CallOptions): Promise<void>;
  };
  /** Rates an answer; a second rating replaces the first. */
  feedback(request: FeedbackRequest, options?: CallOptions): Promise<Feedback>;
}

/** A client of an Ibid server's own API, for browsers and Node alike. */
export function createClient(options: ClientOptions = {}): IbidClient {
  const call = createCall(options);
  const json = async <T>(method: string, path: string, given: CallOptions = {}, body?: unknown): Promise<T> =>
    readJson(await call(method, path, 'application/json', given, body));
  return {
    ask: (request, given) => json('POST', '/v1/ask', given, request),
    stream: (request, given = {}) =>
      streamAnswer(() => call('POST', '/v1/ask', 'text/event-stream', given, request)),
    search: (request, given) => json('POST', '/v1/search', given, request),
    documents: {
      list: (page = {}, given) => json('GET', `/v1/documents${queryOf(page)}`, given),
      get: (id, given) => json('GET', `/v1/documents/${encodeURIComponent(id)}`, given),
    },
    conversations: {
      get: (id, given) => json('GET', `/v1/conversations/${encodeURIComponent(id)}`, given),
      async delete(id, given = {}) {
        await call('DELETE', `/v1/conversations/${encodeURIComponent(id)}`, 'application/json', given);
      },
    },
    feedback: (request, given) => json('POST', '/v1/feedback', given, request),
  };
}

type Call = (
  method: string,
  path: string,
  accept: string,
  options: CallOptions,
  body?: unknown,
) => Promise<Response>;

/** Sends one request; only a response that is ok comes back. */
function createCall({ baseUrl = '', apiKey, fetch: given }: ClientOptions): Call {
  const base = baseUrl.replace(/\/+$/, '');
  // Looked up at each call and called bare: browsers refuse a `fetch` that hangs on another object.
  const send = given ?? ((url, init) => fetch(url, init));
  return async (method, path, accept, { signal }, body) => {
    const key = typeof apiKey === 'function' ? await apiKey() : apiKey;
    const headers = {
      accept,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await send(`${base}${path}`, { ...init, ...(signal ? { signal } : {}) }).catch(
      (cause: unknown) => {
        throw signal?.aborted ? cause : unreachable(base, cause);
      },
    );
    if (!response.ok) throw await errorOf(response);
    return response;
  };
}

async function* streamAnswer(open: () => Promise<Response>): AsyncGenerator<AskEvent, void> {
  const response = await open();
  if (response.body === null) throw cut();
  for await (const data of guardCut(readEvents(response.body))) {
    const event = JSON.parse(data) as AskEvent | { type: 'ask-error'; code: string; message: string };
    if (event.type === 'ask-error') throw new IbidClientError(event.code, event.message);
    yield event;
    if (event.type === 'answer-end') return;
  }
  throw cut();
}

/** A line that breaks while it is read ends in an error of ours; an abort stays what it is. */
async function* guardCut(events: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield* events;
  } catch (cause) {
    throw cause instanceof TypeError ? cut(cause) : cause;
  }
}

async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    if (cause instanceof TypeError) throw cut(cause);
    if (!(cause instanceof SyntaxError)) throw cause;
    const message = 'What answered does not speak JSON as Ibid does: check its address.';
    throw new IbidClientError('not_ibid', message, { status: response.status, cause });
  }
}

function queryOf(page: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(page).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function unreachable(base: string, cause: unknown): IbidClientError {
  return new IbidClientError(
    'unreachable',
    `No answer from ${base === '' ? 'the server' : base}: is it running, and is this device online?`,
    { cause },
  );
}

function cut(cause?: unknown): IbidClientError {
  return new IbidClientError('stream_cut', 'The answer broke off before its end. Ask again.', { cause });
}
