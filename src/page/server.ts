import type { Document, DocumentList } from '../client/client.ts';
import { errorOf, IbidClientError } from '../client/client-error.ts';
import { type Fetch, fetchWithSession, type Session, type SessionSource } from '../widget/client/session.ts';

/** This page's own server. Calls reject with an `IbidClientError`; its `status` is 401 where a key is needed. */
export interface Server {
  /** Shared with the chat, so that both send one token. */
  readonly sessions: SessionSource;
  /** From now on sessions are asked for with this key; it stays in memory alone. */
  setKey(key: string): void;
  documents(after?: string): Promise<DocumentList>;
  document(id: string): Promise<Document>;
  suggestions(limit: number): Promise<readonly string[]>;
}

export function createServer(send: Fetch): Server {
  let key: string | undefined;
  let current: { session: Promise<Session>; at: number } | undefined;

  const begin = async (): Promise<Session> => {
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const response = await send('/v1/sessions', { method: 'POST', credentials: 'omit', headers });
    if (!response.ok) throw await errorOf(response);
    return (await response.json()) as Session;
  };
  const sessions: SessionSource = () => {
    // Asked for twice in a row it is the page and the chat that begin; later on a new one is needed.
    const fresh = current !== undefined && Date.now() - current.at < 5_000;
    if (!fresh) current = { session: begin(), at: Date.now() };
    current?.session.catch(() => {
      current = undefined;
    });
    return current?.session ?? begin();
  };
  const fetcher = fetchWithSession(send, sessions, () => Date.now());

  async function get<T>(path: string): Promise<T> {
    const response = await fetcher(`/v1/${path}`, {}).catch((error: unknown) => {
      if (error instanceof IbidClientError) throw error;
      throw new IbidClientError('unreachable', 'The server cannot be reached. Is it still running?');
    });
    if (!response.ok) throw await errorOf(response);
    return response.json();
  }

  return {
    sessions,
    setKey(given) {
      key = given;
      current = undefined;
    },
    documents: (after) => get(`documents?${new URLSearchParams(after === undefined ? {} : { after })}`),
    document: (id) => get(`documents/${encodeURIComponent(id)}`),
    async suggestions(limit) {
      const found = await get<{ suggestions: { question: string }[] }>(`suggestions?limit=${limit}`);
      return found.suggestions.map(({ question }) => question);
    },
  };
}
