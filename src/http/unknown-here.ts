import { IbidError } from '../model/errors.ts';

/** The `not_found` of what a request names by an id in `field`. */
export function unknownHere(field: string): IbidError {
  return new IbidError(
    'not_found',
    `There is nothing here under this ${field}; it may have been deleted, have expired, or not have been stored.`,
  );
}
