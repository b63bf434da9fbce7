import type { LoadedDocument } from '../../src/model/document.ts';
import type { EvalCase, EvalCorpus, EvalDataset } from '../datasets/eval-dataset.ts';

/** A corpus as small as one owner's documents, with the questions that are about it. */
export interface SmallCorpus {
  readonly corpus: EvalCorpus;
  readonly cases: readonly EvalCase[];
}

const FEWEST_DOCUMENTS = 10;

/**
 * The documents of one title, as a corpus of its own: most owners have tens of pages, not thousands, and word statistics
 * of few pages differ. A case belongs to the corpus of its topic.
 */
export async function smallCorpora({ corpora, cases }: EvalDataset): Promise<SmallCorpus[]> {
  const byTitle = new Map<string, LoadedDocument[]>();
  for (const corpus of corpora) {
    for await (const document of corpus.documents()) {
      byTitle.set(document.title, [...(byTitle.get(document.title) ?? []), document]);
    }
  }
  const large = [...byTitle].filter(([, documents]) => documents.length >= FEWEST_DOCUMENTS);
  return large.map(([title, documents]) => ({
    corpus: {
      name: title,
      key: async () => `title-${title.replace(/\W+/g, '-')}-${documents.length}`.slice(0, 60),
      documents: async function* () {
        yield* documents;
      },
    },
    cases: cases.filter((evalCase) => evalCase.topic === title),
  }));
}
