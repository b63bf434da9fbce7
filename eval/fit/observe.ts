import { PASSAGES_READ, readPassages, weighQuestion } from '../../src/ask/assess.ts';
import type { Question } from '../../src/ask/question.ts';
import { type Retrieval, type RetrieveDeps, retrieve } from '../../src/ask/retrieve.ts';
import type { ReadSentence } from '../../src/ask/sentence-features.ts';
import type { StoredPassage } from '../../src/ports/passage-store.ts';
import type { EvalCase } from '../datasets/eval-dataset.ts';
import { normaliseAnswer } from '../metrics/normalise-answer.ts';

/** A question asked of a corpus: all that the models see, and what they should say. */
export interface Observation {
  /** Groups that are balanced against each other, e.g. `squad2` or `squad2, off topic`. */
  readonly group: string;
  readonly question: Question;
  readonly retrieval: Retrieval;
  readonly sentences: readonly ReadSentence[];
  /** For each sentence, whether it holds a gold span. */
  readonly gold: readonly boolean[];
  readonly answerable: boolean;
}

/** Asks one question as the service does, up to the point where the models decide. */
export async function observe(
  deps: RetrieveDeps,
  evalCase: EvalCase,
  { group, answerable }: { group: string; answerable: boolean },
): Promise<Observation> {
  const text = evalCase.rewrite ?? evalCase.question;
  const retrieval = await retrieve(deps, { query: text, limit: PASSAGES_READ });
  const question = await weighQuestion(deps.store, text);
  const sentences = readPassages(question, retrieval);
  const gold = sentences.map((sentence) => answerable && holdsGold(sentence, evalCase));
  return {
    group,
    question,
    retrieval: withoutVectors(retrieval),
    sentences: sentences.map(lighten),
    gold,
    answerable,
  };
}

/** Thousands of observations are held at once; their vectors have done their work. */
function withoutVectors({ candidates }: Retrieval): Retrieval {
  return { candidates: candidates.map((candidate) => ({ ...candidate, stored: light(candidate.stored) })) };
}

/** A sentence without its passage's vectors. */
export function lighten<S extends ReadSentence>(sentence: S): S {
  const source = light(sentence.source);
  return { ...sentence, source, candidate: { ...sentence.candidate, stored: source } };
}

function light(stored: StoredPassage): StoredPassage {
  return { ...stored, embedding: { vector: new Float32Array(), sentenceVectors: [] } };
}

/** Whether the sentence says a whole gold span, or is a good part of a long one. */
export function holdsGold({ source, text }: ReadSentence, { goldSpans }: EvalCase): boolean {
  const sentence = ` ${normaliseAnswer(text)} `;
  return goldSpans.some((span) => {
    if (!span.docIds.includes(source.documentUri)) return false;
    const gold = ` ${normaliseAnswer(span.text)} `;
    if (gold.trim() === '') return false;
    return sentence.includes(gold) || (sentence.length > SHORTEST_PART && gold.includes(sentence));
  });
}

/** Characters from which a sentence inside a long gold span counts as the answer. */
const SHORTEST_PART = 25;
