import { describe, expect, it } from 'vitest';
import type { Turn } from '../../model/conversation.ts';
import { TURN } from '../../testing/http-fakes.ts';
import { encodeInsights, normaliseQuestion } from './insights.ts';

const declined = (id: string, question: string, askedAt: string): { turn: Turn } => ({
  turn: {
    ...TURN,
    id,
    standaloneQuestion: question,
    askedAt,
    answer: { status: 'declined', reason: 'no_answer_in_documents', text: 'No.', closest: [] },
  },
});

describe('Insights', () => {
  it('count a question once however it was spelt, most asked first', () => {
    const { groups } = encodeInsights([
      declined('ans_4', 'CAN I  bring my dog', '2026-01-04'),
      { turn: { ...TURN, id: 'ans_3', askedAt: '2026-01-03' }, rating: 'down', comment: 'Old figure.' },
      declined('ans_2', 'Who cleans?', '2026-01-02'),
      { ...declined('ans_1', 'Can I bring my dog?', '2026-01-01'), rating: 'down' },
    ]);
    expect(groups.map(({ question, count }) => [question, count])).toEqual([
      ['CAN I  bring my dog', 2],
      ['How much leave may be carried over?', 1],
      ['Who cleans?', 1],
    ]);
    expect(groups[0]).toMatchObject({ declined: 2, rated_down: 1, answer_ids: ['ans_4', 'ans_1'] });
    expect(groups[1]).toMatchObject({ declined: 0, rated_down: 1, comments: ['Old figure.'] });
  });

  it('keep apart what differs in words, in any script', () => {
    expect(normaliseQuestion('Où est-il ?')).toBe('où est il');
    expect(normaliseQuestion('猫は？')).not.toBe(normaliseQuestion('犬は？'));
    expect(normaliseQuestion('???')).toBe('???');
  });
});
