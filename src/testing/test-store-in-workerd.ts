import { openD1PassageStore } from '../adapters/cloudflare/d1-passage-store.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import { emptyD1 } from './empty-d1.ts';
import type { openTestStore as openOnNode } from './test-store.ts';

/** Takes the place of test-store.ts in workerd: an empty D1. */
export const openTestStore: typeof openOnNode = async () => ({
  store: await openD1PassageStore(await emptyD1(), STEM_ANALYSER),
  close: async () => {},
});
