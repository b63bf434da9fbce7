import type { z } from '@hono/zod-openapi';
import { type FieldError, InvalidFieldsError } from './problem.ts';

const MOST_FIELDS = 20;
const LONGEST_MESSAGE = 300;

/** Throws what a schema found wrong, naming fields but never repeating values. */
export function rejectInvalid(result: { success: true } | { success: false; error: z.ZodError }): undefined {
  if (!result.success) throw invalidFields(result.error);
}

/** The `bad_request` of a schema's findings. */
export function invalidFields(error: z.ZodError): InvalidFieldsError {
  const fields = error.issues.slice(0, MOST_FIELDS).map(
    (issue): FieldError => ({
      path: issue.path.map(String).join('.').slice(0, LONGEST_MESSAGE),
      message: issue.message.slice(0, LONGEST_MESSAGE),
    }),
  );
  const detail = fields
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new InvalidFieldsError(detail, fields);
}
