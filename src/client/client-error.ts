/** What a server's refusal says (RFC 9457, docs/http-api.md). */
interface Problem {
  readonly detail?: string;
  readonly request_id?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly error?: { readonly code?: string };
}

interface Details {
  readonly status?: number;
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  readonly cause?: unknown;
}

/**
 * A question that was not answered. `code` is the server's (`rate_limited`, `not_found`, …), or `unreachable` when no
 * response came, `stream_cut` when one ended before its last event, `not_ibid` when something else answered.
 */
export class IbidClientError extends Error {
  readonly code: string;
  /** HTTP status; undefined when there was none. */
  readonly status: number | undefined;
  /** Finds the request in the server's log. */
  readonly requestId: string | undefined;
  /** When to ask again, in seconds, where the server said so. */
  readonly retryAfterSeconds: number | undefined;
  /** The faulty fields of the request. */
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(code: string, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'IbidClientError';
    this.code = code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.fields = details.fields ?? [];
  }
}

/** The error of a response that is not ok. */
export async function errorOf(response: Response): Promise<IbidClientError> {
  const { status, headers } = response;
  const problem: Problem = (await response.json().catch(() => null)) ?? {};
  const requestId = problem.request_id ?? headers.get('x-request-id');
  const retryAfterSeconds = retryAfter(headers.get('retry-after'));
  return new IbidClientError(
    problem.error?.code ?? 'not_ibid',
    problem.detail ?? `The server answered with status ${status}, not as Ibid does: check its address.`,
    {
      status,
      fields: problem.errors ?? [],
      ...(requestId == null ? {} : { requestId }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  );
}

/** `Retry-After` in seconds: a number, or a date (RFC 9110, section 10.2.3). */
function retryAfter(value: string | null): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const until = Number.isNaN(seconds) ? (Date.parse(value) - Date.now()) / 1000 : seconds;
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil(until));
}
