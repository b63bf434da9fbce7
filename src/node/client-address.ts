import type { IncomingMessage } from 'node:http';

/**
 * The address of who called. Behind proxies it is the entry of `X-Forwarded-For` that the outermost of them wrote; what
 * stands before it, anyone can have sent.
 */
export function clientAddress(trustedProxies: number): (request: Request, env: unknown) => string {
  return (request, env) => {
    const socket = (env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket;
    const forwarded = request.headers.get('x-forwarded-for')?.split(',') ?? [];
    const named = trustedProxies === 0 ? undefined : forwarded.at(-trustedProxies)?.trim();
    return named || (socket?.remoteAddress ?? 'unknown');
  };
}
