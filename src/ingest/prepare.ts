import type { Document, LoadedDocument } from '../model/document.ts';
import { sha256Hex } from '../model/hash.ts';
import { documentId, passageId } from '../model/ids.ts';
import type { Passage } from '../model/passage.ts';
import type { Embedder, PassageInput } from '../ports/embedder.ts';
import type { IndexedDocument } from '../ports/passage-store.ts';
import { type PassageDraft, splitDocument } from './split.ts';

/** A text to embed under the key of its embedding. */
export interface KeyedInput {
  readonly key: string;
  readonly input: PassageInput;
}

/** A document ready to be stored once the inputs, in the order of its passages, are embedded. */
export interface PreparedDocument {
  readonly indexed: IndexedDocument;
  readonly inputs: readonly KeyedInput[];
}

/** Splits a loaded document and names its parts. */
export async function prepareDocument(
  loaded: LoadedDocument,
  options: {
    readonly contentHash: string;
    readonly origin: string;
    readonly embedder: Embedder;
    readonly targetTokens?: number;
  },
): Promise<PreparedDocument> {
  const { contentHash, origin, embedder, targetTokens } = options;
  const { uri, title, mediaType, text, metadata } = loaded;
  const document: Document = {
    id: await documentId(uri),
    uri,
    title,
    mediaType,
    text,
    contentHash,
    metadata,
  };
  const drafts = splitDocument(loaded, {
    maxTokens: embedder.maxTokens,
    countTokens: embedder.countTokens,
    ...(targetTokens === undefined ? {} : { targetTokens }),
  });
  const passages = await Promise.all(drafts.map((draft, ordinal) => toPassage(draft, document.id, ordinal)));
  const inputs = await Promise.all(
    drafts.map((draft) => keyedInput(draft, draft.context, draft.sentences, embedder)),
  );
  return { indexed: { document, origin, passages, embeddingKeys: inputs.map(({ key }) => key) }, inputs };
}

/** The embedding's input and its key: the SHA-256 of all that the embedding depends on. */
export async function keyedInput(
  passage: { readonly text: string; readonly start: number },
  context: string,
  spans: Passage['sentences'],
  embedder: Embedder,
): Promise<KeyedInput> {
  const { text, start } = passage;
  const sentences = spans.map((span) => ({ start: span.start - start, end: span.end - start }));
  const places = sentences.map((span) => [span.start, span.end]);
  const key = await sha256Hex(JSON.stringify([embedder.id, embedder.pooling, context, text, places]));
  return { key, input: { context, text, sentences } };
}

async function toPassage(draft: PassageDraft, documentId: string, ordinal: number): Promise<Passage> {
  const { context: _, ...rest } = draft;
  return { ...rest, documentId, ordinal, id: await passageId({ ...draft, documentId }) };
}
