import { IbidError } from '../../src/model/errors.ts';
import type { EvalSystem, SystemUnderTest } from './eval-system.ts';
import {
  type FoundChunk,
  LANGCHAIN_STACK,
  type LangchainStore,
  openLangchainStore,
  withTitle,
} from './langchain-store.ts';
import type { IndexOptions } from './open-index.ts';
import { rankDocuments } from './rank-documents.ts';

/** Chunks fetched for each document ranked: several may come from one. */
const CHUNKS_PER_DOCUMENT = 5;

/**
 * The plain LangChain stack, with no language model: documents are ranked by their best chunk, the best chunk is the answer
 * and its citation, and its cosine is the confidence. It reads only the last question and never declines.
 */
export function createLangchainSystem(options: IndexOptions): SystemUnderTest {
  return {
    id: `${LANGCHAIN_STACK} HNSWLib ${options.embedderId}`,
    open: async () => openLangchain(options),
  };
}

function openLangchain(options: IndexOptions): EvalSystem {
  const documents = new Map<string, { title: string; text: string }>();
  let opened: LangchainStore | undefined;

  async function findChunks(query: string, limit: number): Promise<FoundChunk[]> {
    if (opened === undefined) throw new IbidError('not_ready', 'Call index() before asking.');
    return opened.search(query, limit * CHUNKS_PER_DOCUMENT);
  }

  function cite({ docId, text: chunk }: FoundChunk) {
    const document = documents.get(docId) ?? { title: '', text: '' };
    const { whole, offset } = withTitle(document);
    const from = whole.indexOf(chunk);
    // Where the splitter had to part words it joins them with one space each, whatever stood there.
    if (from < 0) return { doc_id: docId, start: 0, end: chunk.length, quote: chunk };
    const start = Math.max(0, from - offset);
    const end = Math.max(start, from + chunk.length - offset);
    return { doc_id: docId, start, end, quote: document.text.slice(start, end) };
  }

  return {
    async index(corpus, onProgress) {
      for await (const { uri, title, text } of corpus.documents()) documents.set(uri, { title, text });
      opened = await openLangchainStore(corpus, options, onProgress);
    },
    async search(query, limit) {
      return rankDocuments(await findChunks(query, limit), limit);
    },
    async ask({ question, limit }) {
      const started = performance.now();
      const chunks = await findChunks(question, limit);
      const [best] = chunks;
      const citations = best === undefined ? [] : [cite(best)];
      return {
        standalone_question: question,
        ranked: rankDocuments(chunks, limit),
        status: citations.length > 0 ? 'answered' : 'declined',
        confidence: Math.min(1, Math.max(0, best?.score ?? 0)),
        text: citations.map(({ quote }) => quote).join(' '),
        citations,
        timing_ms: performance.now() - started,
      };
    },
    document: async (docId) => documents.get(docId),
    close: async () => opened?.close(),
  };
}
