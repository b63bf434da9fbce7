import { describe, expect, it } from 'vitest';
import type { LookUp, LookUpRequest } from './look-up.ts';
import { lookUpParts } from './look-up-parts.ts';
import type { Candidate } from './retrieve.ts';
import type { ScoredSentence } from './score-sentences.ts';

const TWO = 'Who built the ferry, and where does it moor?';
const request = (question: string): LookUpRequest => ({
  question,
  alongside: ['before'],
  language: 'en',
  limit: 8,
  filter: undefined,
});

function candidateOf(id: string, score: number): Candidate {
  return { stored: { passage: { id } }, score } as Candidate;
}

function sentenceOf(id: string, index: number, logOdds: number): ScoredSentence {
  return { source: { passage: { id } }, index, text: `${id}${index}`, logOdds } as ScoredSentence;
}

describe('Looking up two questions in one', () => {
  const asked: LookUpRequest[] = [];
  const lookUp = async (wanted: LookUpRequest): Promise<LookUp> => {
    asked.push(wanted);
    return wanted.question.startsWith('Who')
      ? {
          question: wanted.question,
          candidates: [candidateOf('a', 0.9), candidateOf('b', 0.2)],
          sentences: [sentenceOf('a', 0, 4), sentenceOf('a', 1, 3.5), sentenceOf('b', 0, -3)],
          confidence: 0.9,
        }
      : {
          question: wanted.question,
          candidates: [candidateOf('b', 0.8)],
          sentences: [sentenceOf('b', 0, 0), sentenceOf('b', 1, -1)],
          confidence: wanted.question.includes('moor') ? 0.6 : 0.2,
          degraded: 'Words alone.',
        };
  };

  it('asks each, with the whole beside it, and gives the best of each first', async () => {
    const found = await lookUpParts({ lookUp, threshold: 0.5 }, request(TWO));
    expect(asked.map(({ question }) => question)).toEqual([
      'Who built the ferry?',
      'Where does the ferry moor?',
    ]);
    expect(asked.every(({ alongside }) => alongside.join('|') === `${TWO}|before`)).toBe(true);
    expect(found.sentences.map(({ text }) => text)).toEqual(['a0', 'b0', 'a1', 'b1']);
    expect(found.sentences.map(({ logOdds }) => logOdds)).toEqual([4, 4, 3.5, 3]);
    expect(found.candidates.map(({ stored, score }) => [stored.passage.id, score])).toEqual([
      ['a', 0.9],
      ['b', 0.8],
    ]);
    expect(found.confidence).toBeCloseTo(0.75);
    expect(found).toMatchObject({ question: TWO, degraded: 'Words alone.' });
  });

  it('does not put forward what is found for a part that is not answered', async () => {
    const found = await lookUpParts(
      { lookUp, threshold: 0.5 },
      request('Who built the ferry, and where does it rust?'),
    );
    expect(found.sentences.map(({ text, logOdds }) => [text, logOdds])).toEqual([
      ['a0', 4],
      ['a1', 3.5],
      ['b0', 0],
      ['b1', -1],
    ]);
    expect(found.confidence).toBeCloseTo(0.55);
    expect(found.unanswered).toEqual(['Where does the ferry rust?']);
  });

  it('leaves a single question as it is', async () => {
    asked.length = 0;
    await lookUpParts({ lookUp, threshold: 0.5 }, request('Who built the ferry?'));
    expect(asked).toEqual([request('Who built the ferry?')]);
  });

  it('joins what found nothing at all', async () => {
    const nothing = async ({ question }: LookUpRequest) => ({
      question,
      candidates: [],
      sentences: [],
      confidence: 0,
    });
    const found = await lookUpParts({ lookUp: nothing, threshold: 0.5 }, request(TWO));
    expect(found).toMatchObject({ question: TWO, candidates: [], sentences: [], confidence: 0 });
    expect(found.unanswered).toHaveLength(2);
  });
});

describe('Looking up a question about two things', () => {
  const PAIR = 'How did the crew and the pilot escape?';
  const says = (text: string, logOdds: number): ScoredSentence =>
    ({ ...sentenceOf(text, 0, logOdds), text }) as ScoredSentence;
  const lookUpIn =
    (finds: Record<string, readonly [confidence: number, ...sentences: ScoredSentence[]]>) =>
    async ({ question }: LookUpRequest): Promise<LookUp> => {
      const [confidence = 0, ...sentences] = finds[question] ?? [];
      return { question, candidates: [candidateOf(question, confidence)], sentences, confidence };
    };
  const ROPE = says('The crew climbed down a rope.', 3);
  const BOAT = says('A pilot rowed ashore.', 2);
  const whole = [0.6, ROPE, BOAT] as const;

  it('puts the best of each first', async () => {
    const lookUp = lookUpIn({
      [PAIR]: whole,
      'How did the crew escape?': [0.7, ROPE],
      'How did the pilot escape?': [0.6, BOAT],
    });
    const found = await lookUpParts({ lookUp, threshold: 0.5 }, request(PAIR));
    expect(found.sentences.map(({ text, logOdds }) => [text, logOdds])).toEqual([
      [ROPE.text, 3],
      [BOAT.text, 3],
    ]);
    expect(found.question).toBe(PAIR);
    expect(found.confidence).toBeCloseTo(0.65);
    expect(found.candidates).toHaveLength(3);
  });

  it('prefers a sentence that names the thing to one nearly as good', async () => {
    const finds = { [PAIR]: whole, 'How did the crew escape?': [0.7, ROPE] as const };
    const near = { ...finds, 'How did the pilot escape?': [0.6, ROPE, BOAT] as const };
    const found = await lookUpParts({ lookUp: lookUpIn(near), threshold: 0.5 }, request(PAIR));
    expect(found.sentences.map(({ logOdds }) => logOdds)).toEqual([3, 3]);
    const far = { ...finds, 'How did the pilot escape?': [0.6, ROPE, { ...BOAT, logOdds: 1 }] as const };
    const same = await lookUpParts({ lookUp: lookUpIn(far), threshold: 0.5 }, request(PAIR));
    expect(same.sentences.map(({ logOdds }) => logOdds)).toEqual([3, 2]);
  });

  it('leaves it as found where the two are hardly answered', async () => {
    const lookUp = lookUpIn({
      [PAIR]: whole,
      'How did the crew escape?': [0.7, ROPE],
      'How did the pilot escape?': [0.1, BOAT],
    });
    const found = await lookUpParts({ lookUp, threshold: 0.5 }, request(PAIR));
    expect(found).toMatchObject({ confidence: 0.6, sentences: [ROPE, BOAT] });
  });
});
