import type { PassageStore } from '../ports/passage-store.ts';
import type { Known } from './plan.ts';

const PAGE = 1_000;

/** What is stored, page by page, without what the plan does not ask for. */
export async function listAll(store: PassageStore): Promise<Known[]> {
  const all: Known[] = [];
  for (;;) {
    const afterUri = all.at(-1)?.uri;
    const page = await store.listDocuments({ limit: PAGE, ...(afterUri === undefined ? {} : { afterUri }) });
    for (const { id, uri, contentHash, origin } of page) all.push({ id, uri, contentHash, origin });
    if (page.length < PAGE) return all;
  }
}
