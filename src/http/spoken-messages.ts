import type { SpokenTurn } from '../ask/events.ts';
import { InvalidFieldsError } from './problem.ts';
import { writtenText } from './schemas/text.ts';

/** A message as clients send them that keep the conversation themselves. */
export interface SpokenMessage {
  readonly role: 'user' | 'assistant' | 'other';
  readonly text: string;
}

/** Earlier turns say little about what is asked now. */
const TURNS_TAKEN = 16;

/**
 * The last thing the user says is the question, what was said before is its history; other roles are no part of it.
 * Throws `bad_request` that names `field` when there is no question, or one longer than `maxChars`.
 */
export function questionOf(
  messages: readonly SpokenMessage[],
  { maxChars, field }: { maxChars: number; field: string },
): { question: string; history: SpokenTurn[] } {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const question = writtenText(maxChars).safeParse(messages[last]?.text ?? '');
  if (!question.success) {
    const message = `the last message of the user ${question.error.issues[0]?.message ?? 'is no question'}`;
    throw new InvalidFieldsError(`${field}: ${message}`, [{ path: field, message }]);
  }
  return { question: question.data, history: turnsOf(messages.slice(0, last)).slice(-TURNS_TAKEN) };
}

/** Each thing the user said with all that was answered to it. */
function turnsOf(messages: readonly SpokenMessage[]): SpokenTurn[] {
  const turns: { question: string; answer: string }[] = [];
  for (const { role, text } of messages) {
    const last = turns.at(-1);
    if (role === 'user') turns.push({ question: text.trim(), answer: '' });
    else if (role === 'assistant' && last) last.answer = `${last.answer} ${text}`.trim();
  }
  return turns.filter(({ question }) => question !== '');
}
