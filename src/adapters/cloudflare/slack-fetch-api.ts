import type { SlackApi, SlackReply } from '../../ports/slack-api.ts';

/** Faults of Slack's own, after which the call may have been done. */
const OWN_FAULTS = new Set([
  ...['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable', 'team_added_to_org'],
  ...['accesslimited', 'server_error'],
]);
const TIMEOUT_MS = 10_000;

interface Body {
  readonly ok?: boolean;
  readonly error?: string;
  readonly needed?: string;
}

/**
 * Slack's Web API by `fetch` alone, since Slack's own client needs Node's modules. One call is one request, as a form, which every
 * method takes: https://docs.slack.dev/apis/web-api/
 */
export function createSlackFetchApi(options: {
  readonly apiUrl?: string;
  readonly fetch: typeof globalThis.fetch;
}): SlackApi {
  const { apiUrl = 'https://slack.com/api/', fetch } = options;
  return async (token, method, args) => {
    try {
      const response = await fetch(`${apiUrl}${method}`, {
        method: 'POST',
        body: formOf(args),
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return await replyOf(response);
    } catch (error) {
      return { outcome: 'unknown', message: error instanceof Error ? error.message : String(error) };
    }
  };
}

function formOf(args: Readonly<Record<string, unknown>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === null) continue;
    form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return form;
}

async function replyOf(response: Response): Promise<SlackReply> {
  const { status, headers } = response;
  if (status === 429) {
    return {
      outcome: 'rate-limited',
      retryAfterSeconds: Math.max(1, Number(headers.get('retry-after')) || 1),
    };
  }
  if (status === 404) return { outcome: 'refused', error: 'unknown_method' };
  if (status >= 400 && status < 500) return { outcome: 'refused', error: `http_${status}` };
  if (!response.ok) return { outcome: 'unknown', message: `HTTP ${status}` };
  const body = (await response.json()) as Body;
  if (body.ok === true) {
    const scopes = (headers.get('x-oauth-scopes') ?? '').split(',').map((scope) => scope.trim());
    return { outcome: 'ok', body: { ...body }, scopes: scopes.filter((scope) => scope !== '') };
  }
  const { error = 'unknown_error', needed } = body;
  if (error === 'ratelimited' || error === 'rate_limited')
    return { outcome: 'rate-limited', retryAfterSeconds: 1 };
  if (OWN_FAULTS.has(error)) return { outcome: 'unknown', message: error };
  return { outcome: 'refused', error, ...(needed === undefined ? {} : { needed }) };
}
