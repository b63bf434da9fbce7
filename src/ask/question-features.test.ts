import { describe, expect, it } from 'vitest';
import { analyseQuestion } from './question.ts';
import { closeQuestionFeatures } from './question-features.ts';
import type { ScoredSentence } from './score-sentences.ts';

function featuresOf({ passages = 30, span = -4, coverage = 1 }) {
  const question = analyseQuestion('Who owns the ferry?', { passages, frequencies: new Map() });
  const best = {
    features: { contextCoverage: coverage, passageCosine: 0.5 },
    logOdds: 1,
    answerLength: 2,
    relevance: 0,
  } as unknown as ScoredSentence;
  const readings = new Map([[best, { span, answerLength: 2, relevance: 0 }]]);
  return closeQuestionFeatures(question, { sentenceCosine: 0.6 } as never, [best], readings);
}

describe('Words of the question where nothing answers', () => {
  it('tell among few passages alone', () => {
    expect(featuresOf({ passages: 30 }).wordsUnanswered).toBeGreaterThan(2.5);
    expect(featuresOf({ passages: 300 }).wordsUnanswered).toBeLessThan(1);
    expect(featuresOf({ passages: 600 }).wordsUnanswered).toBe(0);
    expect(featuresOf({ passages: 100_000 }).wordsUnanswered).toBe(0);
  });

  it('tell the less the surer a span is, and the fewer words there are', () => {
    expect(featuresOf({ span: 6 }).wordsUnanswered).toBeLessThan(0.1);
    expect(featuresOf({ span: 2 }).wordsUnanswered).toBeCloseTo(featuresOf({}).wordsUnanswered / 2, 1);
    expect(featuresOf({ coverage: 0 }).wordsUnanswered).toBe(0);
  });

  it('are nothing where nothing was read', () => {
    const question = analyseQuestion('Who owns the ferry?', { passages: 30, frequencies: new Map() });
    const features = closeQuestionFeatures(question, { sentenceCosine: 0 } as never, [], new Map());
    expect(features).toMatchObject({ wordsUnanswered: 0, best: -10, span: -10 });
  });
});
