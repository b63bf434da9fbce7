import { IbidError } from '../../model/errors.ts';
import { assertCompatible, type IndexIdentity, type IndexManifest } from '../../model/manifest.ts';
import type { CommittedChange, IndexChange } from '../../ports/passage-store.ts';
import type { TextAnalyser } from '../../ports/text-analyser.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { inSlices } from './in-slices.ts';
import { unpackVector } from './pack-embedding.ts';
import { SELECT_MANIFEST } from './passage-queries.ts';
import { toManifest } from './passage-rows.ts';
import { readRemoval, removeDocuments } from './remove-documents.ts';
import type { Transaction } from './run.ts';
import { createTextIndexWriter } from './text-index-writer.ts';
import { writeDocuments } from './write-documents.ts';

/**
 * Applies a change within the caller's transaction, but for the embeddings that it leaves unused. A change that changes nothing keeps
 * the generation. Throws `index_incompatible` when documents of another embedder would remain beside the new ones.
 */
export async function commitChange(
  transaction: Transaction,
  change: IndexChange,
  analyser: TextAnalyser,
): Promise<CommittedChange> {
  const { identity, upserts } = change;
  const [before] = (await transaction.read(SELECT_MANIFEST)).map(toManifest);
  const ids = [...change.removals, ...upserts.map(({ document }) => document.id)];
  const removal = await readRemoval(transaction, ids);
  const sameIdentity = before === undefined || isSameIdentity(before, identity);
  if (upserts.length === 0 && removal.documents === 0 && sameIdentity) {
    return { generation: before?.generation ?? 0, addedPassages: [], removedPassageIds: [] };
  }
  if (before) await refuseMixture(transaction, before, identity, ids);
  const addedPassages = await readAdded(transaction, change, removal.passages);
  const textIndex = createTextIndexWriter(transaction, analyser);
  await removeDocuments(transaction, textIndex, removal);
  const written = await writeDocuments(transaction, textIndex, upserts);
  await textIndex.finish();
  const generation = (before?.generation ?? 0) + 1;
  await writeManifest(transaction, { ...identity, generation });
  return {
    generation,
    addedPassages,
    removedPassageIds: [...removal.passages.keys()].filter((id) => !written.has(id)),
  };
}

function isSameIdentity(stored: IndexManifest, identity: IndexIdentity): boolean {
  return (['embedderId', 'dimensions', 'pooling', 'splitterVersion'] as const).every(
    (key) => stored[key] === identity[key],
  );
}

/** All that the change does not replace was embedded by the embedder of the manifest. */
async function refuseMixture(
  { read }: Transaction,
  stored: IndexManifest,
  identity: IndexIdentity,
  replaced: readonly string[],
): Promise<void> {
  const remaining = await read(
    'SELECT 1 FROM documents WHERE id NOT IN (SELECT value FROM json_each(?1)) LIMIT 1',
    [JSON.stringify(replaced)],
  );
  if (remaining.length > 0) assertCompatible(stored, identity);
}

/** Vectors of the passages that are new, or whose embedding is another one than before. */
async function readAdded(
  transaction: Transaction,
  { upserts, identity }: IndexChange,
  removed: ReadonlyMap<string, string>,
): Promise<VectorRecord[]> {
  const passages = new Map(
    upserts.flatMap(({ document, passages: own, embeddingKeys }) =>
      own.map(({ id }, at) => [id, { documentId: document.id, key: embeddingKeys[at] ?? '' }] as const),
    ),
  );
  const wanted = [...passages].filter(([id, { key }]) => removed.get(id) !== key);
  const added: VectorRecord[] = [];
  await inSlices(transaction, wanted, async (slice) => {
    const keys = JSON.stringify([...new Set(slice.map(([, { key }]) => key))]);
    const rows = await transaction.read(
      'SELECT e.key, e.vector FROM json_each(?1) AS wanted CROSS JOIN embeddings AS e ON e.key = wanted.value',
      [keys],
    );
    const vectors = new Map(rows.map((row) => [String(row.key), unpackVector(row.vector as ArrayBuffer)]));
    for (const [passageId, { documentId, key }] of slice) {
      const vector = vectors.get(key) ?? refuseMissing(passageId);
      if (vector.length !== identity.dimensions) refuseDimensions(vector.length, identity.dimensions);
      added.push({ passageId, documentId, vector });
    }
  });
  return added;
}

function refuseMissing(passageId: string): never {
  throw new IbidError(
    'internal',
    `Passage ${passageId} has no cached embedding, perhaps because another ingestion ended meanwhile. Run \`npx ibid ingest\` again; nothing was changed.`,
  );
}

function refuseDimensions(found: number, dimensions: number): never {
  throw new IbidError(
    'index_incompatible',
    `A cached vector has ${found} numbers, the embedder says ${dimensions}. Run \`npx ibid ingest --rebuild\`; nothing was changed.`,
  );
}

async function writeManifest({ write }: Transaction, manifest: IndexManifest): Promise<void> {
  const { embedderId, dimensions, pooling, splitterVersion, generation } = manifest;
  await write(
    `INSERT INTO manifest
       (singleton, embedder_id, dimensions, pooling, splitter_version, generation) VALUES (1, ?, ?, ?, ?, ?)
     ON CONFLICT (singleton) DO UPDATE SET embedder_id = excluded.embedder_id, dimensions = excluded.dimensions,
       pooling = excluded.pooling, splitter_version = excluded.splitter_version, generation = excluded.generation`,
    [embedderId, dimensions, pooling, splitterVersion, generation],
  );
}
