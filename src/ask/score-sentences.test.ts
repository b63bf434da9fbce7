import { describe, expect, it } from 'vitest';
import { analyseQuestion } from './question.ts';
import { closeFeatures, type ScoredSentence } from './score-sentences.ts';

const sentence = { logOdds: -1, features: { sentenceCosine: 0.4 } } as unknown as ScoredSentence;
const reading = { span: 3, answerLength: 2, relevance: 1 };

function featuresOf(text: string) {
  return closeFeatures(analyseQuestion(text, { passages: 2, frequencies: new Map() }), sentence, reading);
}

describe('What is known of a sentence that was read', () => {
  it('weighs span and nearness by themselves where yes or no is asked for', () => {
    const told = { glance: -1, span: 3, relevance: 1, cosine: 0.4 };
    expect(featuresOf('Does the ferry sail?')).toEqual({ ...told, spanOfYesOrNo: 3, cosineOfYesOrNo: 0.4 });
    expect(featuresOf('Where does it sail?')).toEqual({ ...told, spanOfYesOrNo: 0, cosineOfYesOrNo: 0 });
  });
});
