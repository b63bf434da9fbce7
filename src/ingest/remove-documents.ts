import { assertCompatible } from '../model/manifest.ts';
import { type IngestDeps, indexIdentity } from './ingest.ts';

/** Removes documents; gives how many there were, unknown ids being ignored. Rejects with `index_incompatible`. */
export function createRemoveDocuments(
  deps: Omit<IngestDeps, 'clock'>,
): (ids: readonly string[]) => Promise<number> {
  const { store, embedder, index, exclusive, targetTokens } = deps;
  return (ids) =>
    exclusive(async () => {
      const identity = indexIdentity(embedder, targetTokens);
      const manifest = await store.manifest();
      if (!manifest) return 0;
      assertCompatible(manifest, identity);
      const found = await Promise.all([...new Set(ids)].map((id) => store.getDocument(id)));
      const removals = found.flatMap((document) => (document ? [document.id] : []));
      if (removals.length === 0) return 0;
      // Removing splits nothing anew: the splitter that the index names stays.
      const change = {
        identity: { ...identity, splitterVersion: manifest.splitterVersion },
        upserts: [],
        removals,
      };
      const { generation, addedPassages, removedPassageIds } = await store.commit(change);
      await index.apply({ upserts: addedPassages, removals: removedPassageIds, generation });
      return removals.length;
    });
}
