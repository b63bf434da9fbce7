import { IbidError } from '../../model/errors.ts';
import { assertCompatible, type IndexIdentity, type IndexManifest } from '../../model/manifest.ts';
import type { CommittedChange, IndexChange } from '../../ports/passage-store.ts';
import type { TextAnalyser } from '../../ports/text-analyser.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { unpackVector } from '../sql/pack-embedding.ts';
import { SELECT_MANIFEST } from '../sql/passage-queries.ts';
import { toManifest } from '../sql/passage-rows.ts';
import type { Run } from './connection.ts';
import { dropOrphans } from './drop-orphans.ts';
import { inSlices } from './in-slices.ts';
import { type PassageKeys, removeDocuments } from './remove-documents.ts';
import { createTextIndexWriter } from './text-index-writer.ts';
import { writeDocuments } from './write-documents.ts';

/**
 * Applies a change within the caller's transaction. A change that changes nothing keeps the generation.
 * Throws `index_incompatible` when documents of another embedder would remain beside the new ones.
 */
export async function commitChange(
  run: Run,
  change: IndexChange,
  analyser: TextAnalyser,
): Promise<CommittedChange> {
  const [before] = (await run(SELECT_MANIFEST)).map(toManifest);
  const textIndex = createTextIndexWriter(run, analyser);
  const removed = await removeDocuments(run, textIndex, [
    ...change.removals,
    ...change.upserts.map(({ document }) => document.id),
  ]);
  const sameIdentity = before === undefined || isSameIdentity(before, change.identity);
  if (change.upserts.length === 0 && removed.documents === 0 && sameIdentity) {
    return { generation: before?.generation ?? 0, addedPassages: [], removedPassageIds: [] };
  }
  if (before) await refuseMixture(run, before, change.identity);
  const written = await writeDocuments(run, textIndex, change.upserts);
  await textIndex.finish();
  const addedPassages = await readAdded(run, written, removed.passages, change.identity.dimensions);
  await dropOrphans(run);
  const generation = (before?.generation ?? 0) + 1;
  await writeManifest(run, { ...change.identity, generation });
  return {
    generation,
    addedPassages,
    removedPassageIds: [...removed.passages.keys()].filter((id) => !written.has(id)),
  };
}

function isSameIdentity(stored: IndexManifest, identity: IndexIdentity): boolean {
  return (['embedderId', 'dimensions', 'pooling', 'splitterVersion'] as const).every(
    (key) => stored[key] === identity[key],
  );
}

/** All that the change does not replace was embedded by the embedder of the manifest. */
async function refuseMixture(run: Run, stored: IndexManifest, identity: IndexIdentity): Promise<void> {
  const remaining = await run('SELECT 1 FROM documents LIMIT 1');
  if (remaining.length > 0) assertCompatible(stored, identity);
}

/** Vectors of the passages that are new, or whose embedding is another one than before. */
async function readAdded(
  run: Run,
  written: PassageKeys,
  removed: PassageKeys,
  dimensions: number,
): Promise<VectorRecord[]> {
  const ids = [...written].filter(([id, key]) => removed.get(id) !== key).map(([id]) => id);
  const added: VectorRecord[] = [];
  await inSlices(ids, async (slice) => {
    const rows = await run(
      `SELECT p.id, d.id AS document_id, e.vector FROM json_each(?1) AS wanted
       CROSS JOIN passages AS p ON p.id = wanted.value
       CROSS JOIN documents AS d ON d.key = p.document_key
       CROSS JOIN embeddings AS e ON e.key = p.embedding_key`,
      [JSON.stringify(slice)],
    );
    if (rows.length < slice.length) refuseMissing(slice.length - rows.length);
    for (const row of rows) {
      const vector = unpackVector(row.vector as ArrayBuffer);
      if (vector.length !== dimensions) refuseDimensions(vector.length, dimensions);
      added.push({ passageId: String(row.id), documentId: String(row.document_id), vector });
    }
  });
  return added;
}

function refuseMissing(count: number): never {
  throw new IbidError(
    'internal',
    `${count} passages have no cached embedding, perhaps because another ingestion ended meanwhile. Run \`npx ibid ingest\` again; nothing was changed.`,
  );
}

function refuseDimensions(found: number, dimensions: number): never {
  throw new IbidError(
    'index_incompatible',
    `A cached vector has ${found} numbers, the embedder says ${dimensions}. Run \`npx ibid ingest --rebuild\`; nothing was changed.`,
  );
}

async function writeManifest(run: Run, manifest: IndexManifest): Promise<void> {
  const { embedderId, dimensions, pooling, splitterVersion, generation } = manifest;
  await run(
    `INSERT OR REPLACE INTO manifest
       (singleton, embedder_id, dimensions, pooling, splitter_version, generation) VALUES (1, ?, ?, ?, ?, ?)`,
    [embedderId, dimensions, pooling, splitterVersion, generation],
  );
}
