import { describe, expect, it } from 'vitest';
import { partsOf } from './question-parts.ts';

describe('The questions in one sentence', () => {
  it.each([
    ['Who built the ferry, and where does it moor?', ['Who built the ferry?', 'Where does the ferry moor?']],
    [
      'When did Tlas flee, and through which country?',
      ['When did Tlas flee?', 'Through which country did Tlas flee?'],
    ],
    [
      'Is the harbour open and who guards the lighthouse?',
      ['Is the harbour open?', 'Who guards the lighthouse?'],
    ],
  ])('%s', (question, parts) => {
    expect(partsOf(question)).toEqual(parts);
  });

  it.each([
    'Who built the ferry?',
    'When and where was the ferry built?',
    'How and why did the crew flee?',
    'What is the difference between what Ilse said and what Jan said?',
    'Which crew and which ship were both lost and when?',
    'The harbour closed and who knows why',
    'Salt and pepper and what else?',
    'Who sails north and south?',
    'and who?',
    '',
  ])('one alone: %s', (question) => {
    expect(partsOf(question)).toEqual([question]);
  });
});
