import type { Document, Metadata } from '../model/document.ts';
import type { IndexIdentity } from '../model/manifest.ts';
import type { Passage } from '../model/passage.ts';
import type { PassageEmbedding } from '../ports/embedder.ts';
import type { IndexChange, IndexedDocument, PassageStore } from '../ports/passage-store.ts';

const SAMPLE_DIMENSIONS = 16;

export const SAMPLE_IDENTITY: IndexIdentity = {
  embedderId: 'sample/16',
  dimensions: SAMPLE_DIMENSIONS,
  pooling: 'mean',
  splitterVersion: '1',
};

export interface SampleOptions {
  readonly title?: string;
  readonly metadata?: Metadata;
  readonly origin?: string;
  readonly headings?: readonly string[];
  readonly page?: number;
}

/** A document with one passage for each text, whose embedding keys name document, position and text. */
export function sampleDocument(
  uri: string,
  texts: readonly string[],
  options: SampleOptions = {},
): IndexedDocument {
  const { title = uri, metadata = {}, origin = 'folder:samples', headings = [], page } = options;
  const id = `doc_${uri}`;
  const passages: Passage[] = [];
  let text = '';
  for (const [ordinal, passage] of texts.entries()) {
    const start = text.length;
    text += `${passage}\n\n`;
    passages.push({
      ...{
        id: `psg_${uri}_${start}_${passage}`,
        documentId: id,
        ordinal,
        start,
        end: start + passage.length,
      },
      ...{ text: passage, headings, sentences: [{ start, end: start + passage.length }] },
      ...(page === undefined ? {} : { page }),
    });
  }
  const document: Document = {
    ...{ id, uri, title, mediaType: 'text/plain', text, metadata },
    contentHash: `${title} ${text} ${JSON.stringify(metadata)}`,
  };
  return { document, origin, passages, embeddingKeys: passages.map((each) => `${title} ${each.text}`) };
}

/** A unit vector that depends on `seed` alone. */
export function sampleVector(seed: number, dimensions = SAMPLE_DIMENSIONS): Float32Array {
  let state = Math.imul(seed + 1, 2654435761) >>> 0 || 1;
  const vector = Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((number) => number / length);
}

export function sampleEmbedding(key: string): PassageEmbedding {
  let seed = 7;
  for (const character of key) seed = (Math.imul(seed, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return { vector: sampleVector(seed), sentenceVectors: [sampleVector(seed + 1)] };
}

/** Caches the embeddings of `upserts` and commits them with `removals`. */
export async function commitSamples(
  store: PassageStore,
  upserts: readonly IndexedDocument[],
  removals: readonly string[] = [],
  identity: IndexIdentity = SAMPLE_IDENTITY,
): ReturnType<PassageStore['commit']> {
  const keys = upserts.flatMap(({ embeddingKeys }) => embeddingKeys);
  await store.cacheEmbeddings(new Map(keys.map((key) => [key, sampleEmbedding(key)])));
  const change: IndexChange = { identity, upserts, removals };
  return store.commit(change);
}
