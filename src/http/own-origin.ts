import type { HttpContext } from './dependencies.ts';

/** This server as its caller reached it, such as `https://docs.example.org`; a proxy that ended TLS says so. */
export function ownOrigin(c: HttpContext): string {
  const url = new URL(c.req.url);
  const isSecure = url.protocol === 'https:' || /^https\b/i.test(c.req.header('x-forwarded-proto') ?? '');
  return `${isSecure ? 'https' : 'http'}://${url.host}`;
}
