import { ModelError, type ModelFault } from '../../model/model-error.ts';

/** What the asker is told; what the owner has to change goes to the log. */
export const INCOMPLETE = 'The language model broke off, so that the answer may not be complete.';
export const NOTHING_STANDS =
  'The documents support nothing of what the language model wrote; they are quoted instead.';

const REASONS: { readonly [Fault in ModelFault]?: string } = {
  timeout: 'did not answer in time',
  rate_limited: 'is asked too often at the moment',
  filtered: 'held its answer back',
  unreachable: 'cannot be reached',
};

/** Why the documents are quoted in place of what a model writes. */
export function faultNote(fault: unknown): string {
  const reason = fault instanceof ModelError ? REASONS[fault.fault] : undefined;
  return `The language model ${reason ?? 'failed'}; the documents are quoted instead.`;
}
