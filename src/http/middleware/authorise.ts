import type { MiddlewareHandler } from 'hono';
import { timingSafeEqual } from 'hono/utils/buffer';
import { IbidError } from '../../model/errors.ts';
import type { HttpContext, HttpEnv, HttpSettings } from '../dependencies.ts';

/** Lets a request through to `/v1/*` when no API keys are configured, or with one of them, or with the admin key. */
export function requireApiKey(settings: HttpSettings): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (
      settings.apiKeys.length > 0 &&
      c.req.method !== 'OPTIONS' &&
      (await keyKind(c, settings)) === undefined
    ) {
      throw new IbidError('unauthorized', 'This server needs an API key: send `Authorization: Bearer KEY`.');
    }
    await next();
  };
}

/** Lets only the admin through: by key, or without one on a loopback server. */
export function requireAdmin(settings: HttpSettings): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (settings.adminKey === undefined) assertOpenHere(c, settings);
    else await assertAdminKey(c, settings);
    await next();
  };
}

/** Which configured key a request brings; undefined for none or an unknown one. Compared in constant time. */
export async function keyKind(
  c: HttpContext,
  settings: HttpSettings,
): Promise<{ kind: 'admin' | 'api'; key: string } | undefined> {
  const token = bearerOf(c);
  if (token === undefined) return undefined;
  if (settings.adminKey !== undefined && (await timingSafeEqual(token, settings.adminKey))) {
    return { kind: 'admin', key: token };
  }
  let known = false;
  for (const key of settings.apiKeys) known = (await timingSafeEqual(token, key)) || known;
  return known ? { kind: 'api', key: token } : undefined;
}

async function assertAdminKey(c: HttpContext, settings: HttpSettings): Promise<void> {
  const found = await keyKind(c, settings);
  if (found?.kind === 'admin') return;
  if (found?.kind === 'api') {
    throw new IbidError('forbidden', 'An API key does not open this route: send the admin key.');
  }
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
  const url = new URL(c.req.url);
  const host = c.req.header('host') ?? url.host;
  const origin = c.req.header('origin');
  const foreign = origin !== undefined && origin !== `${url.protocol}//${host}`;
  if (!LOOPBACK_HOST.test(host) || foreign) {
    throw new IbidError(
      'forbidden',
      'Without an admin key this route serves only this machine. Set IBID_ADMIN_KEY to use it from elsewhere.',
    );
  }
}

const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

function bearerOf(c: HttpContext): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
}
