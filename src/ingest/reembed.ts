import type { Passage } from '../model/passage.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import { contextOf } from './embedding-context.ts';
import type { Known } from './plan.ts';
import { keyedInput, type PreparedDocument } from './prepare.ts';

/** Prepares stored documents for another embedder, with the passages that they have: their source is not at hand. */
export async function* reembed(
  { store, embedder }: { readonly store: PassageStore; readonly embedder: Embedder },
  documents: readonly Known[],
): AsyncIterable<PreparedDocument> {
  const passageIds = await passageIdsOf(store, new Set(documents.map(({ id }) => id)));
  for (const { id, origin } of documents) {
    const document = await store.getDocument(id);
    if (!document) continue;
    const stored = await store.getPassages(passageIds.get(id) ?? []);
    const passages = stored.map(({ passage }) => passage).sort((a, b) => a.ordinal - b.ordinal);
    const toInput = (passage: Passage) =>
      keyedInput(passage, contextOf(document.title, passage.headings, embedder), passage.sentences, embedder);
    const inputs = await Promise.all(passages.map(toInput));
    const embeddingKeys = inputs.map(({ key }) => key);
    yield { indexed: { document, origin, passages, embeddingKeys }, inputs };
  }
}

async function passageIdsOf(
  store: PassageStore,
  wanted: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  if (wanted.size === 0) return ids;
  for await (const batch of store.vectors()) {
    for (const { passageId, documentId } of batch) {
      if (!wanted.has(documentId)) continue;
      const known = ids.get(documentId);
      if (known) known.push(passageId);
      else ids.set(documentId, [passageId]);
    }
  }
  return ids;
}
