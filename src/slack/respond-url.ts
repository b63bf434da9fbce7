import type { KnownBlock } from '@slack/types';

/** What goes to a `response_url`: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export interface UrlResponse {
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly replace_original: boolean;
}

/** What came of it: `refused` when Slack will not take it in this form or not any more, `silent` when it cannot be reached. */
export type UrlOutcome = 'taken' | 'refused' | 'silent';

/** Five uses within 30 minutes are allowed. Never rejects. */
export type RespondUrl = (url: string, response: UrlResponse, signal: AbortSignal) => Promise<UrlOutcome>;

const TRIES = 3;
const TIMEOUT_MS = 10_000;

export function createRespondUrl(deps: {
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}): RespondUrl {
  return async (url, response, signal) => {
    for (let attempt = 0; attempt < TRIES && !signal.aborted; attempt++) {
      const reply = await send(deps.fetch, url, response);
      if (reply?.ok) return reply.refused ? 'refused' : 'taken';
      // Used up, too late or unknown: Slack will not change its mind.
      if (reply !== undefined && reply.status < 500 && reply.status !== 429) return 'refused';
      const asked = Number(reply?.retryAfter ?? 0);
      await deps.sleep(Math.max(asked * 1000, 500 * 2 ** attempt), signal);
    }
    return 'silent';
  };
}

interface UrlReply {
  readonly ok: boolean;
  readonly status: number;
  readonly retryAfter: string | null;
  /** Said in the body of a reply that is otherwise fine. */
  readonly refused: boolean;
}

async function send(doFetch: typeof fetch, url: string, body: UrlResponse): Promise<UrlReply | undefined> {
  try {
    const reply = await doFetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { ok, status, headers } = reply;
    const refused = /^\s*\{\s*"ok"\s*:\s*false\b/.test(await reply.text());
    return { ok, status, retryAfter: headers.get('retry-after'), refused };
  } catch {
    return undefined;
  }
}
