import type { HttpContext, HttpSettings } from './dependencies.ts';

/**
 * How an origin stands with this server: named in the allow-list, the server's own, let in by `*` as any other is,
 * or a stranger.
 */
export type Standing = 'listed' | 'own' | 'any' | 'stranger';

type OriginSettings = Pick<HttpSettings, 'allowedOrigins' | 'loopbackOnly'>;

/** `origin` as the `Origin` header has it; `null`, which sandboxed pages send, is no origin that one could name. */
export function standingOf(c: HttpContext, origin: string, settings: OriginSettings): Standing {
  if (origin === 'null') return 'stranger';
  if (settings.allowedOrigins.includes(origin)) return 'listed';
  if (isOwn(origin, hostOf(c), settings)) return 'own';
  return settings.allowedOrigins.includes('*') ? 'any' : 'stranger';
}

/** The host that a request was sent to, with its port. */
export function hostOf(c: HttpContext): string {
  return c.req.header('host') ?? new URL(c.req.url).host;
}

/** Whether a host is this machine as it calls itself. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
}

/**
 * The scheme is left open, since a proxy may have ended TLS. On a server for this machine alone only loopback names count:
 * another site's name could be pointed here, and its pages would then seem to be ours.
 */
function isOwn(origin: string, host: string, { loopbackOnly }: OriginSettings): boolean {
  if (loopbackOnly && !isLoopbackHost(host)) return false;
  return origin === `http://${host}` || origin === `https://${host}`;
}
