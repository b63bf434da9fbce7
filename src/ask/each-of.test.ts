import { describe, expect, it } from 'vitest';
import { eachOf } from './each-of.ts';

describe('A question about two things, asked of each', () => {
  it.each([
    [
      'How did the crew and the Harbour Pilot escape?',
      ['How did the crew escape?', 'How did the Harbour Pilot escape?'],
    ],
    [
      'What do members and guests of the club pay?',
      ['What do members of the club pay?', 'What do guests of the club pay?'],
    ],
    [
      'What are the limits of the free and pro plans?',
      ['What are the limits of the free plans?', 'What are the limits of pro plans?'],
    ],
  ])('%s', (question, questions) => {
    expect(eachOf(question).map((each) => each.question)).toEqual(questions);
  });

  it('says of which thing', () => {
    expect(eachOf('What did the UN and the activists say?').map(({ thing }) => thing)).toEqual([
      'the UN',
      'the activists',
    ]);
  });

  it.each([
    'Who built the ferry?',
    'What is the difference of salt and pepper?',
    'Did both Ilse and Jan sail?',
    'What did Ilse and Jan have in common?',
    'Who built the ferry and where does it moor?',
    'When did the ferry sink and why?',
    'Salt and pepper',
    '',
  ])('one alone: %s', (question) => {
    expect(eachOf(question)).toEqual([]);
  });
});
