import { createEmbedQueue } from '../ingest/embed-queue.ts';
import { type IngestDeps, indexIdentity } from '../ingest/ingest.ts';
import { listAll } from '../ingest/list-all.ts';
import { prepareSplit } from '../ingest/reembed.ts';
import { assertCompatible } from '../model/manifest.ts';
import type { IndexedDocument } from '../ports/passage-store.ts';
import type { ArchivedDocument } from './archive.ts';

export interface ImportedDocuments {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface ImportOptions {
  readonly signal?: AbortSignal;
  /** Told of the passages that are embedded, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export type ImportDocuments = (
  documents: AsyncIterable<ArchivedDocument> | Iterable<ArchivedDocument>,
  options?: ImportOptions,
) => Promise<ImportedDocuments>;

/**
 * Takes archived documents in, with the passages that they have and embeddings of this embedder, in one commit: all or none. What
 * is there already, by origin and hash, costs nothing; what is there otherwise is replaced; nothing is removed.
 * Rejects with `index_incompatible`, `embedder_failed` or the signal's reason.
 */
export function createImportDocuments(deps: Omit<IngestDeps, 'clock'>): ImportDocuments {
  return (documents, options = {}) => deps.exclusive(() => importOnce(deps, documents, options));
}

async function importOnce(
  { store, embedder, index, targetTokens }: Omit<IngestDeps, 'clock'>,
  documents: AsyncIterable<ArchivedDocument> | Iterable<ArchivedDocument>,
  { signal, onProgress }: ImportOptions,
): Promise<ImportedDocuments> {
  const manifest = await store.manifest();
  const identity = indexIdentity(embedder, targetTokens);
  if (manifest) assertCompatible(manifest, identity);
  const stored = new Map((await listAll(store)).map((known) => [known.id, known]));
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const upserts: IndexedDocument[] = [];
  const onBatch = () => onProgress?.(queue.counts.embedded + queue.counts.reused, queue.counts.total);
  const queue = createEmbedQueue({ store, embedder, onBatch, ...(signal === undefined ? {} : { signal }) });
  try {
    for await (const archived of documents) {
      const known = stored.get(archived.document.id);
      const same = known?.contentHash === archived.document.contentHash && known.origin === archived.origin;
      counts[same ? 'unchanged' : known ? 'changed' : 'added']++;
      if (same) continue;
      const { indexed, inputs } = await prepareSplit(archived, embedder);
      upserts.push(indexed);
      await queue.add(inputs);
    }
  } catch (error) {
    await queue.finish().catch(() => undefined);
    throw error;
  }
  await queue.finish();
  if (upserts.length === 0) return counts;
  // What is here was cut by the splitter that the index names.
  const splitterVersion = manifest?.splitterVersion ?? identity.splitterVersion;
  const committed = await store.commit({ identity: { ...identity, splitterVersion }, upserts, removals: [] });
  const { generation, addedPassages, removedPassageIds } = committed;
  if (generation !== (manifest?.generation ?? 0))
    await index.apply({ upserts: addedPassages, removals: removedPassageIds, generation });
  return counts;
}
