import type { Document } from '@langchain/core/documents';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { VectorStore } from '@langchain/core/vectorstores';
import { IbidError } from '../../model/errors.ts';
import type { Embedder } from '../../ports/embedder.ts';
import type { MetadataFilter, PassageStore } from '../../ports/passage-store.ts';
import type { VectorIndex } from '../../ports/vector-index.ts';
import { toLangChainDocument } from './passage-document.ts';

export interface IbidVectorStoreFields {
  readonly embedder: Embedder;
  readonly index: VectorIndex;
  readonly store: PassageStore;
}

/**
 * Ibid's index as a LangChain vector store, to search. Scores are cosine similarities, higher is better; a filter is one of
 * document metadata. Documents come in by ingestion, which alone knows their text, offsets and structure.
 */
export class IbidVectorStore extends VectorStore {
  declare FilterType: MetadataFilter;
  readonly #fields: IbidVectorStoreFields;

  constructor(fields: IbidVectorStoreFields) {
    super(toEmbeddings(fields.embedder), {});
    this.#fields = fields;
  }

  override _vectorstoreType(): string {
    return 'ibid';
  }

  override async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: MetadataFilter,
  ): Promise<[Document, number][]> {
    const { index, store } = this.#fields;
    const documentIds = filter && (await store.matchDocuments(filter));
    const vector = Float32Array.from(query);
    const matches = await index.search({ vector, limit: k, ...(documentIds && { documentIds }) });
    const scores = new Map(matches.map(({ passageId, score }) => [passageId, score]));
    const passages = await store.getPassages([...scores.keys()]);
    return passages.map((found) => {
      const score = scores.get(found.passage.id) ?? 0;
      return [toLangChainDocument(found, score), score];
    });
  }

  override addVectors(): Promise<never> {
    return Promise.reject(readOnly());
  }

  override addDocuments(): Promise<never> {
    return Promise.reject(readOnly());
  }

  override delete(): Promise<never> {
    return Promise.reject(readOnly());
  }
}

function readOnly(): IbidError {
  return new IbidError(
    'bad_request',
    'This vector store is for searching. Add and remove documents with `npx ibid ingest`, or through POST /v1/documents.',
  );
}

function toEmbeddings(embedder: Embedder): EmbeddingsInterface {
  return {
    embedQuery: async (text) => Array.from(await embedder.embedQuery(text)),
    async embedDocuments(texts) {
      const inputs = texts.map((text) => ({ context: '', text, sentences: [] }));
      return (await embedder.embedPassages(inputs)).map(({ vector }) => Array.from(vector));
    },
  };
}
