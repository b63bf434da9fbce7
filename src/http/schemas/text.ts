import { z } from '@hono/zod-openapi';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text that a person wrote: trimmed, not empty, at most `most` code units, well-formed, without NUL. */
export function writtenText(most: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must not be longer than ${most} characters`)
    .refine(
      (text) => !LONE_SURROGATE.test(text) && !text.includes('\0'),
      'must be well-formed Unicode without NUL',
    );
}
