/** Every fault that Ibid reports by name. `http/problem.ts` maps each to a status. */
export type IbidErrorCode =
  | 'bad_request'
  | 'unauthorized'
  | 'session_expired'
  | 'session_invalid'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'config_invalid'
  | 'document_unreadable'
  | 'index_incompatible'
  | 'index_busy'
  | 'embedder_failed'
  | 'model_failed'
  | 'not_ready'
  | 'internal';

/** An error with a stable code and a message that tells the reader what to do next. */
export class IbidError extends Error {
  readonly code: IbidErrorCode;

  constructor(code: IbidErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'IbidError';
    this.code = code;
  }
}

/** The message of anything thrown, for logs and reports. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
