import { DatabaseError } from 'pg';
import { IbidError, type IbidErrorCode, messageOf } from '../../model/errors.ts';

/** By the class or the whole of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const FAULTS: readonly (readonly [state: string, code: IbidErrorCode, message: string])[] = [
  ['28', 'config_invalid', 'refuses this user or password: correct DATABASE_URL'],
  ['3D000', 'config_invalid', 'has no such database: create it, or correct DATABASE_URL'],
  [
    '42501',
    'config_invalid',
    'does not let this user do that: grant it, or use another user in DATABASE_URL',
  ],
  ['55P03', 'index_busy', 'is being written by another process: wait until it is done and try again'],
  ['53300', 'index_busy', 'takes no more connections: raise its max_connections, or run fewer instances'],
  ['53', 'internal', 'has run out of disk or memory: make room and try again; nothing was changed'],
  ['57', 'not_ready', 'is starting or stopping: try again in a moment'],
  ['08', 'not_ready', 'lost the connection: try again in a moment'],
  ['54', 'bad_request', 'cannot hold an address or a value that long: shorten it'],
  ['22021', 'bad_request', 'cannot hold a text with a NUL character: remove it and try again'],
];

const UNREACHABLE = /^(?:ECONN|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE)/;

/** Whether the connection broke, so that what only reads may be tried once more. */
export function isLostConnection(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(?:08|57P0)/.test(error.code ?? '');
  return UNREACHABLE.test(codeOf(error)) || /connection (?:terminated|error)/i.test(messageOf(error));
}

/** What Postgres or the way to it reported, saying what to do; an IbidError stays as it is. */
export function postgresFault(error: unknown): IbidError {
  if (error instanceof IbidError) return error;
  if (error instanceof DatabaseError) {
    const [, code = 'internal', advice] = FAULTS.find(([state]) => error.code?.startsWith(state)) ?? [];
    const told = advice === undefined ? 'reported' : `${advice}. It reported`;
    return new IbidError(code, `Postgres ${told}: ${error.message} (${error.code}).`, { cause: error });
  }
  if (isLostConnection(error) || /timeout/i.test(messageOf(error))) {
    const message = `Postgres cannot be reached (${codeOf(error) || messageOf(error)}). Check that it runs and that DATABASE_URL names it.`;
    return new IbidError('not_ready', message, { cause: error });
  }
  return new IbidError('internal', `Postgres: ${messageOf(error)}.`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
