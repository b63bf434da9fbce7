import type { LoadedDocument } from '../../model/document.ts';
import { IbidError } from '../../model/errors.ts';
import type { D1Database } from './d1-database.ts';
import { insertStatements } from './d1-insert.ts';

/** A document that was sent and waits for the queue to ingest it. */
export interface StagedDocument {
  readonly origin: string;
  readonly document: LoadedDocument;
}

/** Documents between the request that brought them and their ingestion: a message of the queue holds 128 kB, so it names them only. */
export interface Staging {
  /** Takes the place of what waits under the same uri. Rejects with `payload_too_large`. */
  add(origin: string, documents: readonly LoadedDocument[]): Promise<void>;
  /** Those that wait; a uri that was ingested meanwhile is left out. */
  take(uris: readonly string[]): Promise<readonly (StagedDocument & { readonly version: string })[]>;
  /** Forgets what was ingested, unless another version came meanwhile. */
  done(taken: readonly { readonly uri: string; readonly version: string }[]): Promise<void>;
  /** Keeps why a document could not be ingested, for whoever sent it. */
  fail(uris: readonly string[], fault: string): Promise<void>;
  status(): Promise<{
    readonly waiting: number;
    readonly failed: readonly { readonly uri: string; readonly message: string }[];
  }>;
}

/** D1 holds 2 MB in a row. */
const MOST_BYTES = 1_900_000;
const MOST_FAULTS_TOLD = 100;

export function createD1Staging({ read, batch }: D1Database, newVersion: () => string): Staging {
  return {
    async add(origin, documents) {
      const rows = await Promise.all(
        documents.map(async (document) => [...[document.uri, origin, newVersion()], await pack(document)]),
      );
      const into = 'INSERT OR REPLACE INTO staged_documents (uri, origin, version, payload)';
      await batch(insertStatements(into, rows));
    },
    async take(uris) {
      const rows = await read(
        `SELECT s.origin, s.version, s.payload FROM json_each(?1) AS wanted
         CROSS JOIN staged_documents AS s ON s.uri = wanted.value`,
        [JSON.stringify([...new Set(uris)])],
      );
      return Promise.all(
        rows.map(async ({ origin, version, payload }) => ({
          origin: String(origin),
          version: String(version),
          document: await unpack(payload as ArrayBuffer),
        })),
      );
    },
    async done(taken) {
      const pairs = JSON.stringify(taken.map(({ uri, version }) => [uri, version]));
      await batch([
        [
          `DELETE FROM staged_documents
           WHERE (uri, version) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))`,
          [pairs],
        ],
      ]);
    },
    async fail(uris, fault) {
      await batch([
        [
          'UPDATE staged_documents SET fault = ?2 WHERE uri IN (SELECT value FROM json_each(?1))',
          [JSON.stringify(uris), fault],
        ],
      ]);
    },
    async status() {
      const [[counted] = [], failed = []] = await batch([
        ['SELECT count(*) AS waiting FROM staged_documents WHERE fault IS NULL'],
        [
          'SELECT uri, fault FROM staged_documents WHERE fault IS NOT NULL ORDER BY uri LIMIT ?1',
          [MOST_FAULTS_TOLD],
        ],
      ]);
      return {
        waiting: Number(counted?.waiting ?? 0),
        failed: failed.map(({ uri, fault }) => ({ uri: String(uri), message: String(fault) })),
      };
    },
  };
}

async function pack(document: LoadedDocument): Promise<Uint8Array> {
  // The text will be a row of its own, as it is.
  if (new TextEncoder().encode(document.text).length > MOST_BYTES) throw tooLarge(document.uri);
  const json = new Response(JSON.stringify(document)).body?.pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(json).arrayBuffer());
  if (bytes.length > MOST_BYTES) throw tooLarge(document.uri);
  return bytes;
}

async function unpack(payload: ArrayBuffer): Promise<LoadedDocument> {
  const json = new Response(payload).body?.pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(json).json()) as LoadedDocument;
}

function tooLarge(uri: string): IbidError {
  return new IbidError(
    'payload_too_large',
    `The text of ${uri} is larger than the 1.9 MB that D1 holds of a document: split it into smaller ones.`,
  );
}
