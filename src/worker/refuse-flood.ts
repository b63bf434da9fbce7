import type { RateLimit } from '@cloudflare/workers-types';
import { problemOf } from '../http/problem.ts';
import { IbidError } from '../model/errors.ts';

/** The period of the binding in wrangler.toml. */
const PERIOD_SECONDS = 60;

/** Answers with 429 who sends more than wrangler.toml allows of one address, before any work is done. */
export async function refuseFlood(
  request: Request,
  flood: RateLimit | undefined,
): Promise<Response | undefined> {
  const key = request.headers.get('cf-connecting-ip') ?? 'unknown';
  if (flood === undefined || (await flood.limit({ key })).success) return undefined;
  const id = crypto.randomUUID();
  const error = new IbidError('rate_limited', `Too many requests: try again in ${PERIOD_SECONDS} s.`);
  return Response.json(problemOf(error, { id, path: new URL(request.url).pathname }), {
    status: 429,
    headers: {
      'content-type': 'application/problem+json',
      'retry-after': String(PERIOD_SECONDS),
      'x-request-id': id,
    },
  });
}
