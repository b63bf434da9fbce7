import { errorOf } from '../../client/client-error.ts';

/** A short-lived token; `expires_at` is ISO 8601. */
export interface Session {
  readonly token: string;
  readonly expires_at: string;
}

export type SessionSource = () => Promise<Session>;

/** `fetch` as the client of the server takes it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A token this close to its end is not sent any more. */
const MARGIN_MS = 10_000;

/**
 * A `fetch` that sends the token of a session, which lives in memory alone: asked for when it is first needed, and once
 * more when the server refuses it. No cookie goes along. `now` is milliseconds since the epoch.
 */
export function fetchWithSession(send: Fetch, source: SessionSource, now: () => number): Fetch {
  let current: Session | undefined;
  let coming: Promise<Session> | undefined;

  async function renew(): Promise<Session> {
    coming ??= source().finally(() => {
      coming = undefined;
    });
    current = await coming;
    return current;
  }

  return async (url, init) => {
    const attempt = ({ token }: Session) =>
      send(url, {
        ...init,
        credentials: 'omit',
        headers: { ...init.headers, authorization: `Bearer ${token}` },
      });
    const good = current !== undefined && Date.parse(current.expires_at) - now() > MARGIN_MS;
    const session = good && current !== undefined ? current : await renew();
    const response = await attempt(session);
    if (response.status !== 401) return response;
    return attempt(current === session ? await renew() : (current ?? (await renew())));
  };
}

/** Sessions of the server at `base`, for the origin of this page. */
export function sessionsOf(base: string, send: Fetch): SessionSource {
  return async () => {
    const response = await send(`${base}/v1/sessions`, { method: 'POST', credentials: 'omit' });
    if (!response.ok) throw await errorOf(response);
    return (await response.json()) as Session;
  };
}
