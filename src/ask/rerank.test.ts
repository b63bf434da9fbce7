import { describe, expect, it } from 'vitest';
import { rerank } from './rerank.ts';
import type { Candidate } from './retrieve.ts';
import type { ReadSentence } from './sentence-features.ts';

const features: ReadSentence['features'] = {
  sentenceCosine: 0.2,
  passageCosine: 0.5,
  passageLexical: 0.5,
  behindBest: 0,
  coverage: 0,
  contextCoverage: 0,
  passageCoverage: 0,
  pairs: 0,
  typeEvidence: 0,
  entityCoverage: 0,
  brevity: 0,
  length: 2,
  opensPassage: 0,
};

function candidateOf(id: string, score: number): Candidate {
  const passage = {
    id,
    documentId: 'doc_1',
    ordinal: 0,
    start: 0,
    end: 1,
    text: 'A',
    headings: [],
    sentences: [],
  };
  const embedding = { vector: new Float32Array(), sentenceVectors: [] };
  const stored = { passage, documentTitle: '', documentUri: id, embedding };
  return { stored, cosine: 0.5, lexical: 0.5, score, named: 0, via: 'both' };
}

function sentenceOf(candidate: Candidate, sentenceCosine: number): ReadSentence {
  return {
    candidate,
    source: candidate.stored,
    index: 0,
    text: 'A',
    features: { ...features, sentenceCosine },
  };
}

const order = (candidates: readonly Candidate[]) => candidates.map(({ stored }) => stored.passage.id);

describe('Reranking', () => {
  it('puts first the passage whose best sentence is nearest', () => {
    const [a, b, c] = [candidateOf('a', 0.9), candidateOf('b', 0.8), candidateOf('c', 0.7)];
    const sentences = [sentenceOf(a, 0.3), sentenceOf(b, 0.9), sentenceOf(b, 0.1), sentenceOf(c, 0.5)];
    expect(order(rerank([a, b, c], sentences))).toEqual(['b', 'c', 'a']);
  });

  it('keeps unread passages behind the read ones, in order, with scores that never rise', () => {
    const [a, b, c] = [candidateOf('a', 0.9), candidateOf('b', 0.8), candidateOf('c', 0.7)];
    const ranked = rerank([a, b, c], [sentenceOf(a, 0.1)]);
    expect(order(ranked)).toEqual(['a', 'b', 'c']);
    const scores = ranked.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((x, y) => y - x));
  });
});
