import type { PassageStore } from '../../ports/passage-store.ts';
import { SELECT_SUMMARIES } from '../sql/passage-queries.ts';
import { toDocumentSummary } from '../sql/passage-rows.ts';
import type { D1Database } from './d1-database.ts';

/**
 * The store as whoever changes these documents needs it, and nothing is pruned: listing gives them alone. Listing all for each of
 * many small changes would come to a hundred statements a change at 100,000 documents.
 */
export function narrowStore(
  store: PassageStore,
  { read }: D1Database,
  uris: readonly string[],
): PassageStore {
  return {
    ...store,
    listDocuments: async ({ limit, afterUri = '' }) =>
      (await read(SELECT_SUMMARIES, [JSON.stringify(uris), afterUri, limit])).map(toDocumentSummary),
  };
}
