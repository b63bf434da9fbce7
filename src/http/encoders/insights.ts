import type { Turn } from '../../model/conversation.ts';
import type { Insights } from '../schemas/insights.ts';

interface Unsatisfied {
  readonly turn: Turn;
  readonly rating?: 'up' | 'down';
  readonly comment?: string;
}

/** Groups unsatisfied turns (newest first) by their question, however it was spelt; most asked first. */
export function encodeInsights(turns: readonly Unsatisfied[]): Insights {
  const byQuestion = new Map<string, Unsatisfied[]>();
  for (const one of turns) {
    const key = normaliseQuestion(one.turn.standaloneQuestion);
    byQuestion.set(key, [...(byQuestion.get(key) ?? []), one]);
  }
  const groups = [...byQuestion.values()].flatMap(encodeGroup);
  return { groups: groups.sort((a, b) => b.count - a.count || (a.last_asked_at < b.last_asked_at ? 1 : -1)) };
}

/** The words of a question: case, punctuation and spacing do not tell two questions apart. */
export function normaliseQuestion(question: string): string {
  const words = question
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return words === null ? question.trim() : words.join(' ');
}

function encodeGroup(group: readonly Unsatisfied[]): Insights['groups'] {
  const newest = group[0];
  if (newest === undefined) return [];
  return [
    {
      question: newest.turn.standaloneQuestion,
      count: group.length,
      declined: group.filter(({ turn }) => turn.answer.status === 'declined').length,
      rated_down: group.filter(({ rating }) => rating === 'down').length,
      comments: group.flatMap(({ comment }) => (comment === undefined ? [] : [comment])),
      answer_ids: group.map(({ turn }) => turn.id),
      last_asked_at: newest.turn.askedAt,
    },
  ];
}
