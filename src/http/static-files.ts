import { etag, RETAINED_304_HEADERS } from 'hono/etag';
import { IbidError } from '../model/errors.ts';
import type { AppDependencies, HttpContext } from './dependencies.ts';
import { PAGE_POLICY, REFERENCE_POLICY } from './middleware/security-headers.ts';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Saves sending a file twice. What a browser keeps takes over the headers of a 304, so it must have the same as the file:
 * a page with the policy of mere data would run nothing the second time.
 */
export const revalidate = etag({
  weak: true,
  retainedHeaders: [
    ...RETAINED_304_HEADERS,
    'content-security-policy',
    'access-control-allow-origin',
    'cross-origin-resource-policy',
  ],
});

const POLICIES: Record<string, string> = { 'page/docs.html': REFERENCE_POLICY };

/** Answers with a static file; pages get a policy that lets them run our own scripts and no others. */
export async function respondFile(
  c: HttpContext,
  assets: AppDependencies['assets'],
  path: string,
  cacheControl = 'no-cache',
): Promise<Response> {
  const bytes = await assets.read(path);
  if (bytes === undefined)
    throw new IbidError('not_found', 'This file is missing from the installation: run `npm run build`.');
  const extension = path.slice(path.lastIndexOf('.') + 1);
  if (extension === 'html') c.header('Content-Security-Policy', POLICIES[path] ?? PAGE_POLICY);
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': TYPES[extension] ?? 'application/octet-stream',
    'Cache-Control': cacheControl,
  });
}
