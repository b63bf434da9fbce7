import { type Bm25Options, createBm25Index } from './bm25-index.ts';
import type { EvalSystem, SystemUnderTest } from './eval-system.ts';
import { firstSentences } from './first-sentences.ts';

export interface Bm25SystemOptions extends Bm25Options {
  /** Sentences of the best document that are given as the answer. */
  readonly sentences: number;
}

/** The values of Anserini's BEIR runs. */
export const BM25_DEFAULTS: Bm25Options = { k1: 0.9, b: 0.4 };

/**
 * The plain baseline: ranks whole documents (title and text) by BM25 and answers with the first sentences of the best one.
 * It reads only the last question and never declines while anything matches; its confidence is squashed from the score and
 * is not calibrated.
 */
export function createBm25System(options: Bm25SystemOptions): SystemUnderTest {
  const { k1, b, sentences } = options;
  return { id: `bm25 k1=${k1} b=${b} sentences=${sentences}`, open: async () => openBm25(options) };
}

function openBm25({ k1, b, sentences }: Bm25SystemOptions): EvalSystem {
  const index = createBm25Index({ k1, b });
  const documents = new Map<string, { title: string; text: string }>();
  const ids: string[] = [];

  const search: EvalSystem['search'] = async (query, limit) =>
    index.search(query, limit).map(({ position, score }) => ({ doc_id: ids[position] ?? '', score }));

  const citeStart = (docId: string) => {
    const spans = firstSentences(documents.get(docId)?.text ?? '', sentences);
    return spans.map((span) => ({ doc_id: docId, ...span }));
  };

  return {
    search,
    async index(corpus, onProgress) {
      for await (const { uri, title, text } of corpus.documents()) {
        index.add(`${title} ${text}`);
        ids.push(uri);
        documents.set(uri, { title, text });
      }
      onProgress?.(ids.length, ids.length);
    },
    async ask({ question, limit }) {
      const started = performance.now();
      const ranked = await search(question, limit);
      const [best] = ranked;
      const citations = best ? citeStart(best.doc_id) : [];
      return {
        standalone_question: question,
        ranked,
        status: citations.length > 0 ? 'answered' : 'declined',
        confidence: best ? best.score / (best.score + 10) : 0,
        text: citations.map((citation) => citation.quote).join(' '),
        citations,
        timing_ms: performance.now() - started,
      };
    },
    document: async (docId) => documents.get(docId),
    close: async () => undefined,
  };
}
