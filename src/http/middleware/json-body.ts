import type { MiddlewareHandler } from 'hono';
import { IbidError } from '../../model/errors.ts';
import { readBody } from '../body.ts';
import type { HttpEnv } from '../dependencies.ts';

const DEEPEST = 32;

/** Reads a JSON body of at most `maxBytes` bytes, so that the route's schema meets only well-formed JSON. */
export function jsonBody(maxBytes: number): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const type = c.req.header('content-type');
    if (type === undefined || !isJson(type)) {
      throw new IbidError(
        'unsupported_media_type',
        'Send JSON with the header `Content-Type: application/json`.',
      );
    }
    const text = decode(await readBody(c, maxBytes));
    parseJson(text);
    // The validators behind this read the body through Hono's cache, which holds promises whatever its type says.
    c.req.bodyCache.text = Promise.resolve(text) as unknown as string;
    await next();
  };
}

/** Whether a content type is JSON in UTF-8. */
export function isJson(contentType: string): boolean {
  return /^application\/json(\s*;\s*charset\s*=\s*"?utf-8"?)?\s*;?\s*$/i.test(contentType.trim());
}

/** Parses JSON, refusing what is broken, nested past all use, or names `__proto__`. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new IbidError('bad_request', 'The body is empty: send a JSON object.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new IbidError('bad_request', 'The body is not valid JSON.', { cause });
  }
  assertHarmless(value);
  return value;
}

/** Bytes as UTF-8 text; malformed bytes are refused rather than replaced. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new IbidError('bad_request', 'The body is not valid UTF-8.', { cause });
  }
}

/** Walks without recursion, since the depth is what is in question. */
function assertHarmless(root: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEEPEST)
      throw new IbidError('bad_request', `The JSON is nested deeper than ${DEEPEST} levels.`);
    if (Object.hasOwn(value, '__proto__')) {
      throw new IbidError('bad_request', 'The JSON holds a key `__proto__`, which is not allowed.');
    }
    for (const child of Object.values(value)) open.push({ value: child, depth: depth + 1 });
  }
}
