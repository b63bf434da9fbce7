import type { Search } from './events.ts';
import { type RetrieveDeps, retrieve, toHit } from './retrieve.ts';
import { correctSpelling } from './spelling/correct-spelling.ts';

const DEFAULT_HITS = 10;

/** Makes the retrieval-only function behind `POST /v1/search`. */
export function createSearch(deps: RetrieveDeps): Search {
  return async (request) => {
    const { candidates, degraded } = await retrieve(deps, {
      ...request,
      query: await correctSpelling(deps, request.query),
      limit: request.limit ?? DEFAULT_HITS,
    });
    return {
      hits: candidates.map(toHit),
      ...(degraded === undefined ? {} : { degraded }),
    };
  };
}
