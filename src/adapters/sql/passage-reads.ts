import type { MetadataFilter, PassageStore, StoredPassage } from '../../ports/passage-store.ts';
import { factsOf } from './metadata-facts.ts';
import * as queries from './passage-queries.ts';
import { toDocument, toDocumentSummary, toManifest, toStoredPassage } from './passage-rows.ts';
import type { Run } from './run.ts';

type PassageReads = Pick<
  PassageStore,
  | 'manifest'
  | 'listDocuments'
  | 'countDocuments'
  | 'getDocument'
  | 'matchDocuments'
  | 'passageIds'
  | 'getPassages'
  | 'cachedEmbeddings'
>;

const KEY_BATCH = 2_000;

/** What a passage store reads in single statements. */
export function createPassageReads(read: Run): PassageReads {
  return {
    manifest: async () => (await read(queries.SELECT_MANIFEST)).map(toManifest)[0],
    async listDocuments({ limit, afterUri = '', filter }) {
      const rows =
        filter && Object.keys(filter).length > 0
          ? await read(queries.LIST_FILTERED_DOCUMENTS, [...filterArguments(filter), afterUri, limit])
          : await read(queries.LIST_DOCUMENTS, [afterUri, limit]);
      return rows.map(toDocumentSummary);
    },
    countDocuments: createCounts(read),
    getDocument: async (id) => (await read(queries.SELECT_DOCUMENT, [id])).map(toDocument)[0],
    matchDocuments: (filter) => matchDocuments(read, filter),
    passageIds: async (documentId) =>
      (await read(queries.SELECT_PASSAGE_IDS, [documentId])).map(({ id }) => String(id)),
    getPassages: (ids) => getPassages(read, ids),
    cachedEmbeddings: (keys) => cachedEmbeddings(read, keys),
  };
}

/** Counting reads every row, and each question asks for it: a count is kept for as long as the index keeps its generation. */
function createCounts(read: Run): PassageStore['countDocuments'] {
  let generation: unknown;
  let counts = { documents: 0, passages: 0 };
  return async () => {
    const [manifest] = await read(queries.SELECT_GENERATION);
    if (manifest === undefined || manifest.generation === generation) return counts;
    const [row] = await read(queries.COUNT_DOCUMENTS);
    generation = manifest.generation;
    counts = { documents: Number(row?.documents), passages: Number(row?.passages) };
    return counts;
  };
}

function filterArguments(filter: MetadataFilter): [string, number] {
  return [JSON.stringify(factsOf(filter)), Object.keys(filter).length];
}

async function matchDocuments(read: Run, filter: MetadataFilter): Promise<ReadonlySet<string>> {
  const all = Object.keys(filter).length === 0;
  const rows = all
    ? await read(queries.ALL_DOCUMENT_IDS)
    : await read(queries.MATCH_DOCUMENTS, filterArguments(filter));
  return new Set(rows.map(({ id }) => String(id)));
}

async function getPassages(read: Run, ids: readonly string[]): Promise<StoredPassage[]> {
  const rows = await read(queries.SELECT_PASSAGES, [JSON.stringify([...new Set(ids)])]);
  const found = new Map(rows.map(toStoredPassage).map((stored) => [stored.passage.id, stored]));
  return ids.flatMap((id) => {
    const stored = found.get(id);
    return stored ? [stored] : [];
  });
}

async function cachedEmbeddings(read: Run, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const cached = new Set<string>();
  for (let from = 0; from < keys.length; from += KEY_BATCH) {
    const slice = JSON.stringify(keys.slice(from, from + KEY_BATCH));
    for (const { key } of await read(queries.SELECT_CACHED_KEYS, [slice])) cached.add(String(key));
  }
  return cached;
}
