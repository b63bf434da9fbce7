import { describe, expect, it } from 'vitest';
import { analyseQuestion } from './question.ts';
import { closeQuestionFeatures } from './question-features.ts';
import type { ScoredSentence } from './score-sentences.ts';

function featuresOf({ passages = 30, span = -4, coverage = 1, asked = 'Who owns the ferry?' }) {
  const question = analyseQuestion(asked, { passages, frequencies: new Map() });
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
    expect(featuresOf({ passages: 300 }).wordsUnanswered).toBeLessThan(
      featuresOf({ passages: 30 }).wordsUnanswered / 3,
    );
    expect(featuresOf({ passages: 600 }).wordsUnanswered).toBe(0);
    expect(featuresOf({ passages: 100_000 }).wordsUnanswered).toBe(0);
  });

  it('tell the less the surer a span is, and the fewer words there are', () => {
    const nothing = featuresOf({}).wordsUnanswered;
    expect(featuresOf({ span: 6 }).wordsUnanswered).toBeLessThan(nothing / 30);
    expect(featuresOf({ span: 2 }).wordsUnanswered).toBeCloseTo(nothing / 2, 1);
    expect(featuresOf({ coverage: 0 }).wordsUnanswered).toBe(0);
  });

  it('tell the more the more of them there are', () => {
    const longer = featuresOf({ asked: 'Who owns the small ferry across the sound?' }).wordsUnanswered;
    expect(longer).toBeGreaterThan(1.5 * featuresOf({}).wordsUnanswered);
  });

  it('are nothing where nothing was read', () => {
    const question = analyseQuestion('Who owns the ferry?', { passages: 30, frequencies: new Map() });
    const features = closeQuestionFeatures(question, { sentenceCosine: 0 } as never, [], new Map());
    expect(features).toMatchObject({ wordsUnanswered: 0, best: -10, span: -10 });
  });
});

describe('A question that yes or no answers', () => {
  it('is told from one that asks for a thing', () => {
    expect(featuresOf({ asked: 'Does the harbour own the ferry?' }).yesOrNo).toBe(1);
    expect(featuresOf({ asked: 'Who owns the ferry?' }).yesOrNo).toBe(0);
  });
});
