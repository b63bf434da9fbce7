import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { IbidError, type IbidErrorCode } from '../model/errors.ts';

/** What is wrong with one field of a request; `path` is dotted, empty for the whole. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** A `bad_request` that names the faulty fields. */
export class InvalidFieldsError extends IbidError {
  readonly fields: readonly FieldError[];

  constructor(message: string, fields: readonly FieldError[]) {
    super('bad_request', message);
    this.name = 'InvalidFieldsError';
    this.fields = fields;
  }
}

/** RFC 9457 problem details, with the `error` member that OpenAI clients read. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly request_id: string;
  readonly errors?: FieldError[];
  readonly error: { readonly message: string; readonly type: string; readonly code: IbidErrorCode };
}

interface Kind {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  /** The error types of OpenAI's API. */
  readonly type: string;
}

const KINDS: Record<IbidErrorCode, Kind> = {
  bad_request: { status: 400, title: 'Bad request', type: 'invalid_request_error' },
  unauthorized: { status: 401, title: 'Key required', type: 'authentication_error' },
  session_expired: { status: 401, title: 'Session expired', type: 'authentication_error' },
  session_invalid: { status: 401, title: 'Session invalid', type: 'authentication_error' },
  forbidden: { status: 403, title: 'Forbidden', type: 'permission_error' },
  not_found: { status: 404, title: 'Not found', type: 'not_found_error' },
  method_not_allowed: { status: 405, title: 'Method not allowed', type: 'invalid_request_error' },
  payload_too_large: { status: 413, title: 'Too large', type: 'invalid_request_error' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type', type: 'invalid_request_error' },
  document_unreadable: { status: 422, title: 'Document unreadable', type: 'invalid_request_error' },
  rate_limited: { status: 429, title: 'Too many requests', type: 'rate_limit_error' },
  config_invalid: { status: 500, title: 'Invalid configuration', type: 'server_error' },
  internal: { status: 500, title: 'Internal error', type: 'server_error' },
  model_failed: { status: 502, title: 'Language model failed', type: 'server_error' },
  embedder_failed: { status: 503, title: 'Embedder failed', type: 'server_error' },
  index_incompatible: { status: 503, title: 'Index incompatible', type: 'server_error' },
  index_busy: { status: 503, title: 'Index busy', type: 'server_error' },
  not_ready: { status: 503, title: 'Not ready', type: 'server_error' },
};

/** The HTTP status of an error code. */
export function statusOf(code: IbidErrorCode): ContentfulStatusCode {
  return KINDS[code].status;
}

/** The problem body of an error. */
export function problemOf(error: IbidError, request: { id: string; path?: string }): Problem {
  const { status, title, type } = KINDS[error.code];
  return {
    type: `urn:ibid:problem:${error.code}`,
    title,
    status,
    detail: error.message,
    ...(request.path === undefined ? {} : { instance: request.path }),
    request_id: request.id,
    ...(error instanceof InvalidFieldsError ? { errors: [...error.fields] } : {}),
    error: { message: error.message, type, code: error.code },
  };
}

/** What the caller may know of anything thrown: errors of ours as they are, all else as a bare `internal`. */
export function publicError(thrown: unknown, requestId: string): IbidError {
  if (thrown instanceof IbidError && thrown.code !== 'internal') return thrown;
  return new IbidError(
    'internal',
    `Something went wrong on the server. Ask its owner to look for request ${requestId} in the log.`,
    { cause: thrown },
  );
}
