import type { EvalCorpus } from '../datasets/eval-dataset.ts';
import { createBm25Index } from '../system/bm25-index.ts';
import type { EvalSystem, SystemUnderTest } from '../system/eval-system.ts';

type Answering = Awaited<ReturnType<EvalSystem['ask']>>;

/** A part to break: each gets what a sound system gave and gives something worse. */
export interface Faults {
  readonly id?: string;
  readonly retriever?: (ranked: Answering['ranked']) => Answering['ranked'];
  readonly reader?: (sentences: readonly string[]) => string | undefined;
  readonly citer?: (citation: Answering['citations'][number]) => Answering['citations'][number];
}

export interface FakeSystem extends SystemUnderTest {
  /** Questions asked, in order. */
  readonly asked: string[];
  readonly indexed: string[];
}

/**
 * A small sound system: BM25 over documents of a few sentences, and the sentence with most of the question's words as
 * the answer, declined when that is fewer than half. `faults` break one part of it.
 */
export function createFakeSystem(faults: Faults = {}): FakeSystem {
  const asked: string[] = [];
  const indexed: string[] = [];
  return {
    id: faults.id ?? 'fake',
    asked,
    indexed,
    open: async () => openFake(faults, asked, indexed),
  };
}

function openFake(faults: Faults, asked: string[], indexed: string[]): EvalSystem {
  const index = createBm25Index({ k1: 0.9, b: 0.4 });
  const documents = new Map<string, { title: string; text: string }>();
  const rank = (query: string, limit: number) =>
    index.search(query, limit).map(({ position, score }) => {
      return { doc_id: [...documents.keys()][position] ?? '', score };
    });
  return {
    async index(corpus: EvalCorpus) {
      indexed.push(corpus.name);
      for await (const { uri, title, text } of corpus.documents()) {
        index.add(`${title} ${text}`);
        documents.set(uri, { title, text });
      }
    },
    search: async (query, limit) => rank(query, limit),
    async ask({ question, history, limit }) {
      asked.push(question);
      const standalone = history.length > 0 ? `${question} ${history.at(-1)?.question}` : question;
      const sound = rank(standalone, limit);
      const ranked = faults.retriever?.(sound) ?? sound;
      const docId = ranked[0]?.doc_id ?? '';
      const text = documents.get(docId)?.text ?? '';
      const { best, share } = readText(text, standalone, faults.reader);
      const start = text.indexOf(best);
      const citation = { doc_id: docId, start, end: start + best.length, quote: best };
      const answered = best !== '' && share >= 0.5;
      return {
        standalone_question: standalone,
        ranked,
        status: answered ? 'answered' : 'declined',
        confidence: share,
        text: answered ? best : 'That is not in the documents.',
        citations: answered ? [faults.citer?.(citation) ?? citation] : [],
        timing_ms: 1,
      };
    },
    document: async (id) => documents.get(id),
    close: async () => undefined,
  };
}

function readText(text: string, question: string, read: Faults['reader']): { best: string; share: number } {
  const sentences = text.split(/(?<=\.) /);
  const words = wordsOf(question);
  const shareOf = (sentence: string) => {
    const held = new Set(wordsOf(sentence));
    return words.filter((word) => held.has(word)).length / Math.max(1, words.length);
  };
  const sound = [...sentences].sort((a, b) => shareOf(b) - shareOf(a))[0] ?? '';
  return { best: read?.(sentences) ?? sound, share: shareOf(sound) };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]{4,}/g) ?? [];
}
