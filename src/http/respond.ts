import { HTTPException } from 'hono/http-exception';
import { IbidError, type IbidErrorCode, messageOf } from '../model/errors.ts';
import type { HttpContext, LogEntry } from './dependencies.ts';
import { problemOf, publicError, statusOf } from './problem.ts';

/** Answers with the problem body of an error. */
export function respondProblem(
  c: HttpContext,
  error: IbidError,
  extra: Record<string, unknown> = {},
): Response {
  const problem = problemOf(error, { id: c.get('requestId'), path: c.req.path });
  if (statusOf(error.code) === 401) c.header('WWW-Authenticate', 'Bearer realm="ibid"');
  c.header('Cache-Control', 'no-store');
  return c.body(JSON.stringify({ ...problem, ...extra }), statusOf(error.code), {
    'Content-Type': 'application/problem+json',
  });
}

/** Turns anything thrown while a request was served into a problem; what is the server's fault is logged. */
export function createErrorHandler(log: (entry: LogEntry) => void) {
  return (thrown: unknown, c: HttpContext): Response => {
    const id = c.get('requestId');
    const error = publicError(thrown instanceof HTTPException ? fromHono(thrown) : thrown, id);
    if (statusOf(error.code) >= 500 && !c.req.raw.signal.aborted) log(faultEntry(id, thrown));
    return respondProblem(c, error);
  };
}

/** A log line for something thrown, with its stack. */
export function faultEntry(id: string, thrown: unknown): LogEntry {
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  return { event: 'fault', id, message: messageOf(thrown), ...(stack === undefined ? {} : { stack }) };
}

const CODES: Partial<Record<number, IbidErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

/** Hono and its validators throw exceptions of their own, with texts for bodies. */
function fromHono(exception: HTTPException): IbidError {
  const code = CODES[exception.status] ?? 'internal';
  return new IbidError(code, exception.message || 'The request could not be understood.', {
    cause: exception,
  });
}
