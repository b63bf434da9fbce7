import type { Ask, AskEvent } from '../../ask/events.ts';
import type { Conversation, Turn } from '../../model/conversation.ts';
import type { ConversationStore, Feedback } from '../../ports/conversation-store.ts';
import { createFakeConversations } from '../http-fakes.ts';
import { answered, declined, QUOTES } from './library.ts';

/** A bot that says what its question names, and remembers conversations. */
export interface Bot {
  readonly ask: Ask;
  readonly conversations: ConversationStore;
  readonly asked: string[];
  readonly feedback: Feedback[];
  /** Answers that hold still before each piece go on by one piece. */
  step(): void;
  /** From now on they hold still no more. */
  flow(): void;
  /** Forgets all conversations, and what was stepped or flows. */
  forget(): void;
}

const { LEAVE, CARRY, FERRY, OWLS } = QUOTES;

/** What is answered to questions with these words; everything else is declined. */
const SAYS: readonly (readonly [RegExp, (question: string) => AskEvent[]])[] = [
  [
    /leave/i,
    (question) =>
      answered(question, [
        { text: LEAVE, quote: LEAVE },
        { text: ` ${CARRY}`, quote: CARRY },
      ]),
  ],
  [/ferry/i, (question) => answered(question, [{ text: FERRY, quote: FERRY }])],
  [/owls/i, (question) => answered(question, [{ text: OWLS, quote: OWLS }])],
  [
    /notes/i,
    (question) =>
      answered(question, [{ text: LEAVE, quote: LEAVE }], {
        confidence: 0.4,
        omitted: 2,
        unanswered: ['Who grants it?'],
        degraded: 'The search by meaning did not work; full text alone answered.',
        standaloneQuestion: 'How much leave, understood?',
      }),
  ],
  [
    /markdown/i,
    (question) =>
      answered(question, [
        { text: 'Every employee has **28 days** of _leave_ a year.', quote: LEAVE },
        { text: '\n\n- One\n- Two with `code`\n\n' },
        {
          text: 'See [the site](https://harbour.example/) or [this](javascript:alert(1)) <b>not bold</b>.\n\n',
        },
        { text: '| Day | Hours |\n|---|--:|\n| Monday | 8 |\n\n```\nlet x = 1 < 2;\n```\n' },
        { text: 'Up to five days may be carried over until the end of March.', quote: CARRY },
      ]),
  ],
  [/thanks/i, (question) => smallTalk(question)],
];

export function createBot(): Bot {
  const conversations = new Map<string, Conversation>();
  const asked: string[] = [];
  const feedback: Feedback[] = [];
  let waiting: (() => void)[] = [];
  let steps = 0;
  const pause = () =>
    new Promise<void>((resolve) => {
      if (steps > 0) {
        steps -= 1;
        resolve();
      } else waiting.push(resolve);
    });

  async function* ask({ question, conversationId, signal }: Parameters<Ask>[0]): AsyncGenerator<AskEvent> {
    asked.push(question);
    const says = SAYS.find(([pattern]) => pattern.test(question))?.[1] ?? declined;
    const id = conversationId ?? `conv_${asked.length}`;
    for (const event of says(question)) {
      if (/step by step/i.test(question)) await pause();
      if (signal?.aborted) return;
      if (event.type !== 'answer-end') {
        yield event;
        continue;
      }
      const end = { ...event, conversationId: id, id: `ans_${asked.length}` };
      await append(id, turnOf(question, end));
      yield end;
    }
  }

  async function append(id: string, turn: Turn): Promise<void> {
    conversations.set(id, { id, turns: [...(conversations.get(id)?.turns ?? []), turn] });
  }

  return {
    ask,
    asked,
    feedback,
    step() {
      const next = waiting.shift();
      if (next === undefined) steps += 1;
      else next();
    },
    flow() {
      steps = Number.POSITIVE_INFINITY;
      for (const next of waiting.splice(0)) next();
    },
    forget() {
      conversations.clear();
      waiting = [];
      steps = 0;
    },
    conversations: {
      ...createFakeConversations(),
      getConversation: async (id: string) => conversations.get(id),
      async saveFeedback(one: Feedback) {
        feedback.push(one);
        return true;
      },
    },
  };
}

function smallTalk(question: string): AskEvent[] {
  return declined(question).map((event) =>
    event.type === 'answer-end'
      ? {
          ...event,
          answer: { status: 'declined', reason: 'not_a_question', text: 'You are welcome.', closest: [] },
        }
      : event,
  );
}

function turnOf(question: string, end: Extract<AskEvent, { type: 'answer-end' }>): Turn {
  const { id, answer, confidence, standaloneQuestion } = end;
  return { id, question, answer, confidence, standaloneQuestion, askedAt: '2026-01-15T09:30:00.000Z' };
}
