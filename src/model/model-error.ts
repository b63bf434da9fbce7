import { IbidError } from './errors.ts';

/**
 * What went wrong with a language model:
 * - `timeout`: it did not answer in time, or stopped in the middle
 * - `unreachable`: no connection
 * - `rate_limited`: asked too often; `retryAfter` says when again
 * - `key_refused`, `quota_used_up`, `model_unknown`, `request_refused`: the owner has to change something
 * - `server_failed`: a fault of the server (5xx) that may pass
 * - `broken`: the stream ended without its end
 * - `empty`, `endless`: it wrote nothing, or did not stop
 * - `filtered`: a content filter held the answer back
 */
export type ModelFault =
  | 'timeout'
  | 'unreachable'
  | 'rate_limited'
  | 'key_refused'
  | 'quota_used_up'
  | 'model_unknown'
  | 'request_refused'
  | 'server_failed'
  | 'broken'
  | 'empty'
  | 'endless'
  | 'filtered';

/** Faults after which the same request may succeed. */
const PASSING: ReadonlySet<ModelFault> = new Set([
  'unreachable',
  'rate_limited',
  'server_failed',
  'broken',
  'empty',
]);

/** `model_failed`, with what went wrong. Its message is for the owner: it names the server and what to change. */
export class ModelError extends IbidError {
  readonly fault: ModelFault;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(fault: ModelFault, message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super('model_failed', message, options);
    this.name = 'ModelError';
    this.fault = fault;
    this.retryAfter = options.retryAfter;
  }

  /** Whether the same request may succeed a moment later. */
  get mayPass(): boolean {
    return PASSING.has(this.fault);
  }
}
