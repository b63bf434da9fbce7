import type { StoredPassage } from '../ports/passage-store.ts';
import { typeEvidence } from './answer-type.ts';
import { isStatement, onlyRepeats } from './is-statement.ts';
import type { Features } from './logistic.ts';
import type { Question } from './question.ts';
import { type Candidate, dot } from './retrieve.ts';
import { type Term, termsOf } from './terms.ts';

export type SentenceFeature =
  | 'sentenceCosine'
  | 'passageCosine'
  | 'passageLexical'
  | 'behindBest'
  | 'coverage'
  | 'contextCoverage'
  | 'passageCoverage'
  | 'pairs'
  | 'typeEvidence'
  | 'entityCoverage'
  | 'brevity'
  | 'length'
  | 'opensPassage';

/** A sentence of a candidate passage, with all that speaks for it as an answer. */
export interface ReadSentence {
  readonly candidate: Candidate;
  readonly source: StoredPassage;
  /** Index in `source.passage.sentences`. */
  readonly index: number;
  readonly text: string;
  readonly features: Features<SentenceFeature>;
}

/** Every sentence of `candidates` that states something, measured against the question. `queryVector` is missing when the embedder failed. */
export function readSentences(
  question: Question,
  candidates: readonly Candidate[],
  queryVector: Float32Array | undefined,
): ReadSentence[] {
  const best = candidates[0]?.score ?? 0;
  return candidates
    .flatMap((candidate) => sentencesOf(question, candidate, best, queryVector))
    .filter(({ text }) => isStatement(text) && !onlyRepeats(text, question));
}

function sentencesOf(
  question: Question,
  candidate: Candidate,
  best: number,
  queryVector: Float32Array | undefined,
): ReadSentence[] {
  const { passage, documentTitle, embedding } = candidate.stored;
  const context = stemsOf([documentTitle, ...passage.headings].join(' '));
  const texts = passage.sentences.map((s) =>
    passage.text.slice(s.start - passage.start, s.end - passage.start),
  );
  const terms = texts.map(termsOf);
  const stems = terms.map((list) => new Set(list.map((term) => term.stem)));
  const passageStems = new Set([...context, ...stems.flatMap((set) => [...set])]);
  const passageCoverage = coverage(question.weights, (stem) => passageStems.has(stem));
  return texts.map((text, index) => {
    const own = stems[index] ?? new Set<string>();
    const before = stems[index - 1];
    const vector = embedding.sentenceVectors[index];
    const near = (stem: string) => own.has(stem) || context.has(stem) || before?.has(stem) === true;
    const list = terms[index] ?? [];
    return {
      candidate,
      source: candidate.stored,
      index,
      text,
      features: {
        sentenceCosine: queryVector && vector ? dot(queryVector, vector) : candidate.cosine,
        passageCosine: candidate.cosine,
        passageLexical: candidate.lexical,
        behindBest: best - candidate.score,
        coverage: coverage(question.weights, (stem) => own.has(stem)),
        contextCoverage: coverage(question.weights, near),
        passageCoverage,
        pairs: pairShare(question, list),
        typeEvidence: typeEvidence(question.type, text, question.words),
        entityCoverage: share(question.entities, near),
        brevity: list.length < 5 ? 1 : 0,
        length: Math.log1p(list.length),
        opensPassage: index === 0 ? 1 : 0,
      },
    };
  });
}

function stemsOf(text: string): Set<string> {
  return new Set(termsOf(text).map((term) => term.stem));
}

/** Share of the question's weight whose stems `has` finds; 0 without content words. */
function coverage(weights: ReadonlyMap<string, number>, has: (stem: string) => boolean): number {
  let found = 0;
  let all = 0;
  for (const [stem, weight] of weights) {
    all += weight;
    if (has(stem)) found += weight;
  }
  return all === 0 ? 0 : found / all;
}

/** Share of `stems` that `has` finds; 1 when there are none to find. */
function share(stems: ReadonlySet<string>, has: (stem: string) => boolean): number {
  if (stems.size === 0) return 1;
  return [...stems].filter(has).length / stems.size;
}

/** Share of the question's neighbouring stems that stand within three words of each other in the sentence. */
function pairShare(question: Question, terms: readonly Term[]): number {
  if (question.pairs.length === 0) return 0;
  const places = new Map<string, number[]>();
  terms.forEach((term, i) => {
    places.set(term.stem, [...(places.get(term.stem) ?? []), i]);
  });
  const close = question.pairs.filter(([a, b]) =>
    (places.get(a) ?? []).some((i) => (places.get(b) ?? []).some((j) => i !== j && Math.abs(i - j) <= 3)),
  );
  return close.length / question.pairs.length;
}
