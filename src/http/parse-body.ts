import type { z } from '@hono/zod-openapi';
import type { HttpContext } from './dependencies.ts';
import { invalidFields } from './validation.ts';

/** The JSON body of a request, behind `jsonBody`, by a schema. Throws `bad_request` that names the faulty fields. */
export async function parseBody<T extends z.ZodType>(c: HttpContext, schema: T): Promise<z.infer<T>> {
  const parsed = schema.safeParse(await c.req.json());
  if (!parsed.success) throw invalidFields(parsed.error);
  return parsed.data;
}
