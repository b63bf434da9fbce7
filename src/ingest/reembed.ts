import type { Passage } from '../model/passage.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { IndexedDocument, PassageStore } from '../ports/passage-store.ts';
import { contextOf } from './embedding-context.ts';
import type { Known } from './plan.ts';
import { keyedInput, type PreparedDocument } from './prepare.ts';

/** Prepares stored documents for another embedder, with the passages that they have: their source is not at hand. */
export async function* reembed(
  { store, embedder }: { readonly store: PassageStore; readonly embedder: Embedder },
  documents: readonly Known[],
): AsyncIterable<PreparedDocument> {
  for (const { id, origin } of documents) {
    const document = await store.getDocument(id);
    if (!document) continue;
    const stored = await store.getPassages(await store.passageIds(id));
    yield prepareSplit({ document, origin, passages: stored.map(({ passage }) => passage) }, embedder);
  }
}

/** Prepares a document whose passages are there already. */
export async function prepareSplit(
  split: Pick<IndexedDocument, 'document' | 'origin' | 'passages'>,
  embedder: Embedder,
): Promise<PreparedDocument> {
  const { document, passages } = split;
  const toInput = (passage: Passage) =>
    keyedInput(passage, contextOf(document.title, passage.headings, embedder), passage.sentences, embedder);
  const inputs = await Promise.all(passages.map(toInput));
  return { indexed: { ...split, embeddingKeys: inputs.map(({ key }) => key) }, inputs };
}
