import type { SpokenTurn } from '../ask/events.ts';
import { type Names, plainText } from './plain-text.ts';
import type { ThreadMessage } from './read-thread.ts';

const MOST_TURNS = 8;
const LONGEST = 600;
const NO_NAMES: Names = { users: new Map(), channels: new Map() };

/** What people said in a thread before the bot came, and what it answered there, oldest first. */
export function historyOf(messages: readonly ThreadMessage[], botUser: string | undefined): SpokenTurn[] {
  const turns: { question: string; answer: string }[] = [];
  for (const { text, isBot, user } of messages) {
    const said = plainText(text, NO_NAMES, botUser).slice(0, LONGEST);
    const last = turns.at(-1);
    if (said === '') continue;
    if (!isBot && user !== botUser) turns.push({ question: said, answer: '' });
    // The answer's first paragraph is its text; its sources follow.
    else if (user === botUser && last !== undefined && last.answer === '')
      last.answer = (said.split('\n\n')[0] ?? '').replace(/ ?(?:\[\d+\])+/g, '');
  }
  return turns.slice(-MOST_TURNS);
}
