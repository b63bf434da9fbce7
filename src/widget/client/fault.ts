import { IbidClientError } from '../../client/client-error.ts';

/**
 * What kept a question from being answered, by what a person can do about it: `offline` and `unreachable` no reply came,
 * `limited` too many questions, `refused` this site or visitor may not ask, `invalid` the question cannot be asked so,
 * `missing` there is no such thing, `failed` a fault of the server, `cut` the answer ended before it was whole.
 */
export type FaultKind =
  | 'offline'
  | 'unreachable'
  | 'limited'
  | 'refused'
  | 'invalid'
  | 'missing'
  | 'failed'
  | 'cut';

/** What went wrong; `message` is the server's own, where it sent one. */
export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly status?: number;
  /** Seconds after which it makes sense to try again. */
  readonly retryAfter?: number;
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
}

/** The fault behind anything that a call to the server threw. `online` is what the browser thinks of its connection. */
export function faultOf(thrown: unknown, { online, now }: { online: boolean; now: number }): Fault {
  if (!(thrown instanceof IbidClientError)) return { kind: 'failed', message: String(thrown), at: now };
  const { code, message, status, retryAfterSeconds: retryAfter } = thrown;
  const lost = code === 'unreachable' || code === 'stream_cut';
  return {
    kind: lost && !online ? 'offline' : kindOf(code, status),
    message,
    at: now,
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** Whether what was asked for is not there any more. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof IbidClientError && kindOf(thrown.code, thrown.status) === 'missing';
}

function kindOf(code: string, status: number | undefined): FaultKind {
  if (code === 'unreachable') return 'unreachable';
  if (code === 'stream_cut') return 'cut';
  if (status === 429 || code === 'rate_limited') return 'limited';
  if (status === 404 || code === 'not_found') return 'missing';
  if (status === 401 || status === 403) return 'refused';
  return status !== undefined && status < 500 ? 'invalid' : 'failed';
}
