import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { passageStoreConformance } from '../../testing/passage-store-conformance.ts';
import { type LibsqlPassageStore, openLibsqlPassageStore } from './libsql-passage-store.ts';

const made: { store: LibsqlPassageStore; folder: string }[] = [];

passageStoreConformance(
  'libsql',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ibid-'));
    const store = await openLibsqlPassageStore({
      analyser: STEM_ANALYSER,
      path: join(folder, 'new', 'index ?#%é.db'),
    });
    made.push({ store, folder });
    return store;
  },
  async () => {
    for (const { store, folder } of made) {
      await store.close();
      await rm(folder, { recursive: true });
    }
  },
);
