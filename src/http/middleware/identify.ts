import type { MiddlewareHandler } from 'hono';
import { timingSafeEqual } from 'hono/utils/buffer';
import { IbidError } from '../../model/errors.ts';
import type { Caller, HttpContext, HttpEnv, HttpSettings } from '../dependencies.ts';
import { hostOf, standingOf } from '../origins.ts';
import { type Sessions, TOKEN_PREFIX } from '../sessions.ts';

/** Finds out who calls; what to make of it is for the middleware behind this one. */
export function identify(settings: HttpSettings, sessions: Sessions): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.set('caller', await callerOf(c, settings, sessions));
    await next();
  };
}

async function callerOf(c: HttpContext, settings: HttpSettings, sessions: Sessions): Promise<Caller> {
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer === undefined) return { kind: 'anonymous' };
  const key = await keyKind(bearer, settings);
  if (key !== undefined) return { kind: key, key: bearer };
  if (!bearer.startsWith(TOKEN_PREFIX)) return { kind: 'anonymous' };
  try {
    const session = await sessions.verify(bearer);
    assertOwner(c, session.origin, settings);
    return { kind: 'session', ...session };
  } catch (error) {
    if (error instanceof IbidError) return { kind: 'refused', error };
    throw error;
  }
}

/** Which configured key this is. Compared in constant time, with each of them. */
async function keyKind(bearer: string, settings: HttpSettings): Promise<'admin' | 'api' | undefined> {
  if (settings.adminKey !== undefined && (await timingSafeEqual(bearer, settings.adminKey))) return 'admin';
  let known = false;
  for (const key of settings.apiKeys) known = (await timingSafeEqual(bearer, key)) || known;
  return known ? 'api' : undefined;
}

/** Browsers name the origin of each request but of GETs to the page's own server, so only our own pages may leave it out. */
function assertOwner(c: HttpContext, origin: string, settings: HttpSettings): void {
  const from = c.req.header('origin');
  const same = from === undefined ? new URL(origin).host === hostOf(c) : from === origin;
  if (same && standingOf(c, origin, settings) !== 'stranger') return;
  throw new IbidError(
    'forbidden',
    'This session was given to the pages of another origin: get one for this page with POST /v1/sessions.',
  );
}
