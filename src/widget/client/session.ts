import { errorOf, IbidClientError } from '../../client/client-error.ts';

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

/**
 * Sessions of the server at `base`, for pages of `origin`. Rejects with an `IbidClientError` of status 403 when the server
 * is there but not open to them: it says nothing to sites that are not allowed, so their browsers tell only of a failure.
 */
export function sessionsOf(base: string, send: Fetch, origin: string): SessionSource {
  const mint = () => send(`${base}/v1/sessions`, { method: 'POST', credentials: 'omit' });
  return async () => {
    const response = await mint().catch(async () => {
      // A reply that may not be read still tells that there is a server; a connection that only broke gets a second try.
      await send(`${base}/healthz`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
      return mint().catch(() => {
        throw notAllowed(base, origin);
      });
    });
    if (!response.ok) throw await errorOf(response);
    return (await response.json()) as Session;
  };
}

function notAllowed(base: string, origin: string): IbidClientError {
  const file = origin === 'null';
  const way = file
    ? 'Open this page from a site, not as a file.'
    : `Its owner can allow it: IBID_ALLOWED_ORIGINS=${origin}`;
  return new IbidClientError('forbidden', `${base} does not answer this site. ${way}`, { status: 403 });
}
