import type * as z from 'zod';
import { IbidError, messageOf } from '../../src/model/errors.ts';
import { readLines } from './read-lines.ts';

/** The rows of a JSON Lines file, streamed and checked; throws `bad_request` naming file and line. */
export async function* readJsonl<Row>(path: string, schema: z.ZodType<Row>): AsyncGenerator<Row> {
  for await (const { line, number } of readLines(path)) {
    yield parseRow(line, schema, `${path}:${number}`);
  }
}

function parseRow<Row>(line: string, schema: z.ZodType<Row>, where: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new IbidError('bad_request', `${where} is not JSON (${messageOf(cause)}). Mend that line.`, {
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`);
  throw new IbidError('bad_request', `${where} does not fit: ${faults.join('; ')}. Mend that line.`);
}
