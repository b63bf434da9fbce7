import { IbidError } from '../../model/errors.ts';
import type { SqlValue } from './run.ts';

/** SQLite's text ends at the first NUL, so what follows would be lost without a word. */
export function refuseNul(values: readonly SqlValue[]): void {
  for (const value of values) {
    if (typeof value === 'string' && value.includes('\0')) {
      throw new IbidError(
        'bad_request',
        'A text holds a NUL character, which cannot be stored. Remove it and try again.',
      );
    }
  }
}
