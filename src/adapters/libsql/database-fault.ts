import { LibsqlError } from '@libsql/client';
import { IbidError, messageOf } from '../../model/errors.ts';

const UNOPENABLE = new Set([
  ...['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PERM'],
  ...['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS'],
]);

/** Whether another connection held the lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof LibsqlError && (error.code === 'SQLITE_BUSY' || error.code === 'SQLITE_LOCKED');
}

/** What went wrong with the file at `path`, saying what to do; an IbidError stays as it is. */
export function faultOf(error: unknown, path: string): IbidError {
  if (error instanceof IbidError) return error;
  const code = error instanceof LibsqlError ? error.code : '';
  const fault = (as: 'index_busy' | 'index_incompatible' | 'config_invalid' | 'internal', message: string) =>
    new IbidError(as, message, { cause: error });
  if (isBusy(error)) {
    return fault(
      'index_busy',
      `Another process is writing ${path}. Wait until it is done, or stop it, and try again.`,
    );
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return fault(
      'index_incompatible',
      `${path} is damaged or not an Ibid file (${messageOf(error)}). Move it away, then run \`npx ibid ingest\` to build it anew.`,
    );
  }
  if (code === 'SQLITE_FULL') {
    return fault(
      'internal',
      `The disk that holds ${path} is full. Free some space and try again; nothing was changed.`,
    );
  }
  const unopenable = UNOPENABLE.has(error instanceof Error && 'code' in error ? String(error.code) : '');
  if (unopenable || messageOf(error).includes('Unable to open')) {
    return fault(
      'config_invalid',
      `${path} cannot be opened for writing. Check that IBID_DATA names a folder that this user may write.`,
    );
  }
  return fault('internal', `The database ${path} reported: ${messageOf(error)}.`);
}
