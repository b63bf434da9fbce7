import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api';
import type { SlackApi, SlackReply } from '../../ports/slack-api.ts';

/** Faults of Slack's own, after which the call may have been done. */
const OWN_FAULTS = new Set([
  ...['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable', 'team_added_to_org'],
  ...['accesslimited', 'server_error'],
]);

/**
 * Slack's Web API through its own client. One call is one request: the client's retries would hide whether a message may have been
 * posted, and let later calls overtake those that were told to wait.
 */
export function createSlackWebApi(options: {
  /** Another address than Slack's, such as that of a proxy; with the `/api/` at its end. */
  readonly apiUrl?: string;
  readonly fetch?: typeof fetch;
  /** How long to wait for a reply. */
  readonly timeoutMs?: number;
}): SlackApi {
  const { apiUrl, timeoutMs = 10_000 } = options;
  const client = new WebClient(undefined, {
    logger: SILENT,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // workerd knows no `redirect: 'error'`; a redirect that is not followed is a reply other than 200, which the client refuses as well.
    fetch: async (url, init) =>
      withRetryAfter(await (options.fetch ?? fetch)(url, { ...init, redirect: 'manual' })),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  });
  return async (token, method, args) => {
    try {
      const body = await client.apiCall(method, { ...args, ...(token === undefined ? {} : { token }) });
      return { outcome: 'ok', body: { ...body }, scopes: body.response_metadata?.scopes ?? [] };
    } catch (error) {
      return toReply(error);
    }
  };
}

/** The client takes a rate limit without this header for a fault of unknown outcome. */
function withRetryAfter(response: Response): Response {
  if (response.status !== 429 || response.headers.has('retry-after')) return response;
  return new Response(null, { status: 429, headers: { 'retry-after': '1' } });
}

function toReply(error: unknown): SlackReply {
  if (error instanceof WebAPIRateLimitedError) {
    return { outcome: 'rate-limited', retryAfterSeconds: Math.max(error.retryAfter, 1) };
  }
  if (error instanceof WebAPIPlatformError) {
    const { error: code } = error.data;
    const needed = 'needed' in error.data ? String(error.data.needed) : undefined;
    if (code === 'ratelimited' || code === 'rate_limited')
      return { outcome: 'rate-limited', retryAfterSeconds: 1 };
    if (OWN_FAULTS.has(code)) return { outcome: 'unknown', message: code };
    return { outcome: 'refused', error: code, ...(needed === undefined ? {} : { needed }) };
  }
  // Slack answers in JSON with status 200; a client error says that there is no such method.
  if (error instanceof WebAPIHTTPError && error.statusCode >= 400 && error.statusCode < 500) {
    return {
      outcome: 'refused',
      error: error.statusCode === 404 ? 'unknown_method' : `http_${error.statusCode}`,
    };
  }
  return { outcome: 'unknown', message: error instanceof Error ? error.message : String(error) };
}

/** The client logs the arguments of calls, which hold what people said. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
