import type { Turn } from '../model/conversation.ts';
import { contextualise } from './contextualise.ts';
import type { SpokenTurn } from './events.ts';

/** Turns that a caller tells of, oldest first, each question read as it would have been; they are stored nowhere. */
export function toldTurns(history: readonly SpokenTurn[]): Turn[] {
  const turns: Turn[] = [];
  for (const { question, answer } of history) {
    turns.push({
      id: '',
      question,
      standaloneQuestion: contextualise(question, turns),
      answer: { status: 'answered', text: answer, citations: [] },
      confidence: 1,
      askedAt: '',
    });
  }
  return turns;
}
