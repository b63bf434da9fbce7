import { Hono } from 'hono';
import { compress } from 'hono/compress';

type Answer = (request: Request, env: unknown) => Response | Promise<Response>;

/** What a browser loads of our own, and no stream of events. */
const FILES = /^\/(?:$|widget\.js$|page\/|docs)/;

/** Sends the files of pages gzipped to browsers that take that; on Workers the edge does so itself. */
export function compressFiles(answer: Answer): Answer {
  const files = new Hono<{ Bindings: object }>();
  files.use(compress());
  files.all('*', (c) => answer(c.req.raw, c.env));
  return (request, env) => {
    const { pathname } = new URL(request.url);
    return FILES.test(pathname) ? files.fetch(request, env as object) : answer(request, env);
  };
}
