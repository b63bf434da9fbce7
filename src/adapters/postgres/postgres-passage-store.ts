import type { Pool } from 'pg';
import type { PassageStore } from '../../ports/passage-store.ts';
import type { TextAnalyser } from '../../ports/text-analyser.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { commitChange } from '../sql/commit-change.ts';
import { ensureTextIndex } from '../sql/ensure-text-index.ts';
import {
  CREATE_LOOSE_EMBEDDINGS,
  cacheLooseEmbeddings,
  commitWithoutLoose,
} from '../sql/loose-embeddings.ts';
import { unpackVector } from '../sql/pack-embedding.ts';
import { SELECT_GENERATION, SELECT_VECTORS } from '../sql/passage-queries.ts';
import { createPassageReads } from '../sql/passage-reads.ts';
import { type Migrations, PASSAGE_MIGRATIONS } from '../sql/schema.ts';
import { createSlicedPassageFacts } from '../sql/sliced-passage-facts.ts';
import { createTextSearch } from '../sql/text-search.ts';
import { openPostgresDatabase, type PostgresDatabase } from './postgres-database.ts';

const VECTOR_BATCH = 1_000;

/** A row of a B-tree holds 2,704 bytes, and a character of UTF-8 up to four. */
const LONGEST_TERM = 500;

/** After so many, the planner must not wait for autovacuum to learn of them: until then a search takes many times longer. */
const MANY_PASSAGES = 1_000;
const ANALYSE = 'ANALYZE documents, passages, embeddings, postings, passage_lengths';

/**
 * The tables of every SQL store; but metadata may be longer than a row of a B-tree, so that its values are looked up by their hash.
 */
const MIGRATIONS: Migrations = {
  ...PASSAGE_MIGRATIONS,
  versions: [
    ...PASSAGE_MIGRATIONS.versions,
    [
      CREATE_LOOSE_EMBEDDINGS,
      'ALTER TABLE document_metadata DROP CONSTRAINT document_metadata_pkey',
      'CREATE INDEX document_metadata_by_value ON document_metadata USING hash (value)',
    ],
  ],
};

/**
 * Documents, passages, full text and vectors in Postgres, by the same statements as in SQLite, for several instances at once.
 * `analyser` makes the terms of full text; tables whose terms another one made get new ones first.
 */
export async function openPostgresPassageStore(options: {
  readonly pool: Pool;
  readonly analyser: TextAnalyser;
}): Promise<PassageStore> {
  const database = await openPostgresDatabase(options.pool, MIGRATIONS);
  const analyser = withBoundedTerms(options.analyser);
  await ensureTextIndex(database, analyser);
  const { read, transact } = database;
  const text = createTextSearch(read, createSlicedPassageFacts(read));
  return {
    ...createPassageReads(read),
    ...text,
    searchText: (query) => text.searchText({ ...query, terms: query.terms.map(bounded) }),
    vectors: () => readVectors(database),
    cacheEmbeddings: (entries) => transact((transaction) => cacheLooseEmbeddings(transaction, entries)),
    commit: (change) =>
      transact(async (transaction) => {
        const [before] = await transaction.read(SELECT_GENERATION);
        const generation = Number(before?.generation ?? 0);
        const committed = await commitWithoutLoose(transaction, generation, change, () =>
          commitChange(transaction, change, analyser),
        );
        if (committed.addedPassages.length > MANY_PASSAGES) await transaction.write(ANALYSE);
        return committed;
      }),
  };
}

function withBoundedTerms({ id, analyse }: TextAnalyser): TextAnalyser {
  return { id, analyse: (text) => analyse(text).map(bounded) };
}

function bounded(term: string): string {
  return term.length > LONGEST_TERM ? term.slice(0, LONGEST_TERM) : term;
}

function readVectors(database: PostgresDatabase): AsyncIterable<readonly VectorRecord[]> {
  return database.snapshot(async function* (read) {
    for (let after = 0; ; ) {
      const rows = await read(SELECT_VECTORS, [after, VECTOR_BATCH]);
      const last = rows.at(-1);
      if (!last) return;
      after = Number(last.key);
      yield rows.map((row) => ({
        passageId: String(row.id),
        documentId: String(row.document_id),
        vector: unpackVector(row.vector as ArrayBuffer),
      }));
    }
  });
}
