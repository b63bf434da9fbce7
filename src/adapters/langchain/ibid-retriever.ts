import type { CallbackManagerForRetrieverRun } from '@langchain/core/callbacks/manager';
import type { Document } from '@langchain/core/documents';
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers';
import type { Hit } from '../../model/passage.ts';
import type { MetadataFilter } from '../../ports/passage-store.ts';
import { toLangChainDocument } from './passage-document.ts';

export interface IbidRetrieverFields extends BaseRetrieverInput {
  /** Ibid's retrieval: hits for a query, best first. */
  readonly search: (request: {
    readonly query: string;
    readonly filter?: MetadataFilter;
    readonly limit?: number;
  }) => Promise<{ readonly hits: readonly Hit[] }>;
  /** Documents to return. Default 4, as LangChain's own retrievers. */
  readonly k?: number;
  readonly filter?: MetadataFilter;
}

/** Ibid's hybrid retrieval as a LangChain retriever. Each document's metadata says where in the source it stands. */
export class IbidRetriever extends BaseRetriever {
  lc_namespace = ['ibid', 'retrievers'];
  readonly #fields: IbidRetrieverFields;

  static override lc_name(): string {
    return 'IbidRetriever';
  }

  constructor(fields: IbidRetrieverFields) {
    super(fields);
    this.#fields = fields;
  }

  override async _getRelevantDocuments(
    query: string,
    _runManager?: CallbackManagerForRetrieverRun,
  ): Promise<Document[]> {
    const { search, k = 4, filter } = this.#fields;
    const { hits } = await search({ query, limit: k, ...(filter && { filter }) });
    return hits.map((hit) => toLangChainDocument(hit, hit.score));
  }
}
