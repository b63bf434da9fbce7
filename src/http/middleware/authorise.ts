import type { MiddlewareHandler } from 'hono';
import { IbidError } from '../../model/errors.ts';
import type { Caller, HttpContext, HttpEnv, HttpSettings } from '../dependencies.ts';
import { hostOf, isLoopbackHost } from '../origins.ts';

/** Where a page gets its session: open to those who have none yet. */
export const SESSIONS_PATH = '/v1/sessions';

/**
 * Lets a request through when the owner asks for nothing, or with an API key, the admin key or a session.
 * A session that does not hold is refused everywhere, so that its page learns to renew it.
 */
export function requireCaller(settings: HttpSettings): MiddlewareHandler<HttpEnv> {
  const closed = settings.apiKeys.length > 0 || settings.requireSession;
  return async (c, next) => {
    const caller = c.get('caller');
    if (c.req.method === 'OPTIONS' || c.req.path === SESSIONS_PATH) return next();
    if (caller.kind === 'refused') throw caller.error;
    if (closed && caller.kind === 'anonymous') throw new IbidError('unauthorized', whatToSend(settings));
    return next();
  };
}

/** What to do without a key or a session. */
function whatToSend({ apiKeys }: HttpSettings): string {
  const session = 'pages get a token for it with POST /v1/sessions';
  return apiKeys.length > 0
    ? `This server needs an API key: send \`Authorization: Bearer KEY\` (${session}).`
    : `This server needs a session: send \`Authorization: Bearer TOKEN\` (${session}).`;
}

/** Lets only the admin through: by key, or without one on a loopback server. */
export function requireAdmin(settings: HttpSettings): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    assertAdmin(c, settings);
    await next();
  };
}

function assertAdmin(c: HttpContext, settings: HttpSettings): void {
  const { kind } = c.get('caller');
  if (kind === 'session')
    throw new IbidError('forbidden', 'A session does not open this route: send the admin key.');
  if (settings.adminKey === undefined) assertOpenHere(c, settings);
  else assertKeyOfAdmin(kind);
}

function assertKeyOfAdmin(kind: Caller['kind']): void {
  if (kind === 'admin') return;
  if (kind === 'api')
    throw new IbidError('forbidden', 'An API key does not open this route: send the admin key.');
  throw new IbidError(
    'unauthorized',
    'This route needs the admin key: send `Authorization: Bearer ADMIN_KEY`.',
  );
}

/**
 * Without a key, only requests that a person on this machine can have meant: the host name must be a loopback one
 * (else another site's name could be pointed here), and a page of another site must not have sent them.
 */
function assertOpenHere(c: HttpContext, settings: HttpSettings): void {
  if (!settings.adminOpen) {
    throw new IbidError(
      'forbidden',
      'This route is closed: set IBID_ADMIN_KEY on the server and send it as a bearer token.',
    );
  }
  const host = hostOf(c);
  const origin = c.req.header('origin');
  const foreign = origin !== undefined && origin !== `${new URL(c.req.url).protocol}//${host}`;
  if (!isLoopbackHost(host) || foreign) {
    throw new IbidError(
      'forbidden',
      'Without an admin key this route serves only this machine. Set IBID_ADMIN_KEY to use it from elsewhere.',
    );
  }
}
