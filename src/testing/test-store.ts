import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibsqlPassageStore } from '../adapters/libsql/libsql-passage-store.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import type { PassageStore } from '../ports/passage-store.ts';

/** An empty store of the platform that the tests run on; see test-store-in-workerd.ts for the other. */
export async function openTestStore(): Promise<{ store: PassageStore; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'ibid-whole-'));
  const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path: join(folder, 'index.db') });
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true });
  };
  return { store, close };
}
