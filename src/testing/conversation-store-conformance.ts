import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../model/answer.ts';
import type { Turn } from '../model/conversation.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';

/** What every `ConversationStore` owes its callers; `create` makes an empty one, `close` ends all it made. */
export function conversationStoreConformance(
  name: string,
  create: () => Promise<ConversationStore>,
  close: () => Promise<void> = async () => {},
): void {
  describe(`${name} keeps the conversation store's contract`, () => {
    let store: ConversationStore;
    beforeEach(async () => {
      store = await create();
    });
    afterAll(close);

    test('knows nothing of a conversation that was never begun', async () => {
      expect(await store.getConversation('conv_none')).toBeUndefined();
      expect(await store.deleteConversation('conv_none')).toBe(false);
      expect(await store.listUnsatisfied(10)).toEqual([]);
    });

    test('gives back the turns as they were, oldest first, each conversation its own', async () => {
      const [first, second, other] = [turn('ans_1'), turn('ans_2', { answer: DECLINED }), turn('ans_3')];
      await store.appendTurn('conv_a', first);
      await store.appendTurn('conv_b', other);
      await store.appendTurn('conv_a', second);
      expect(await store.getConversation('conv_a')).toEqual({ id: 'conv_a', turns: [first, second] });
      expect(await store.getConversation('conv_b')).toEqual({ id: 'conv_b', turns: [other] });
    });

    test('keeps whatever a visitor may type', async () => {
      const odd = turn('ans_1', { question: 'NUL \0 "quote\' \ud83d\ude00 <b> \n %s' });
      await store.appendTurn('conv_a', odd);
      expect((await store.getConversation('conv_a'))?.turns).toEqual([odd]);
      await store.saveFeedback({ ...DOWN, answerId: 'ans_1', comment: 'why \0 so?' });
      expect((await store.listUnsatisfied(1))[0]?.comment).toBe('why \0 so?');
    });

    test('refuses the same answer id twice and keeps the first', async () => {
      const first = turn('ans_1');
      await store.appendTurn('conv_a', first);
      await expect(store.appendTurn('conv_a', turn('ans_1', { question: 'Again?' }))).rejects.toThrow();
      expect((await store.getConversation('conv_a'))?.turns).toEqual([first]);
    });

    test('keeps turns that are appended at the same time', async () => {
      const turns = Array.from({ length: 20 }, (_, index) => turn(`ans_${index}`));
      await Promise.all(turns.map((each) => store.appendTurn('conv_a', each)));
      expect((await store.getConversation('conv_a'))?.turns).toHaveLength(20);
    });

    test('forgets a deleted conversation with its feedback', async () => {
      await store.appendTurn('conv_a', turn('ans_1', { answer: DECLINED }));
      await store.saveFeedback({ ...DOWN, answerId: 'ans_1' });
      expect(await store.deleteConversation('conv_a')).toBe(true);
      expect(await store.getConversation('conv_a')).toBeUndefined();
      expect(await store.listUnsatisfied(10)).toEqual([]);
      expect(await store.saveFeedback({ ...DOWN, answerId: 'ans_1' })).toBe(false);
      await store.appendTurn('conv_a', turn('ans_1'));
      expect(await store.listUnsatisfied(10)).toEqual([]);
    });

    test('takes feedback on answers it knows, the last word counting', async () => {
      await store.appendTurn('conv_a', turn('ans_1'));
      expect(await store.saveFeedback({ ...DOWN, answerId: 'ans_none' })).toBe(false);
      expect(await store.saveFeedback({ ...DOWN, answerId: 'ans_1', comment: 'Wrong year.' })).toBe(true);
      expect(await store.listUnsatisfied(10)).toEqual([
        { turn: turn('ans_1'), rating: 'down', comment: 'Wrong year.' },
      ]);
      await store.saveFeedback({ ...DOWN, answerId: 'ans_1', rating: 'up' });
      expect(await store.listUnsatisfied(10)).toEqual([]);
    });

    test('lists declined and down-rated turns, newest first', async () => {
      const at = (minute: number) => ({ askedAt: `2026-01-01T00:0${minute}:00.000Z` });
      await store.appendTurn('conv_a', turn('ans_declined', { answer: DECLINED, ...at(1) }));
      await store.appendTurn('conv_b', turn('ans_good', at(2)));
      await store.appendTurn('conv_b', turn('ans_down', at(3)));
      await store.saveFeedback({ ...DOWN, answerId: 'ans_down' });
      await store.saveFeedback({ ...DOWN, answerId: 'ans_good', rating: 'up' });
      const listed = await store.listUnsatisfied(10);
      expect(listed.map((each) => each.turn.id)).toEqual(['ans_down', 'ans_declined']);
      expect(listed.map(({ rating }) => rating)).toEqual(['down', undefined]);
      expect(await store.listUnsatisfied(1)).toHaveLength(1);
    });
  });
}

const DOWN = { rating: 'down', ratedAt: '2026-01-02T00:00:00.000Z' } as const;
const DECLINED: Answer = {
  status: 'declined',
  reason: 'no_answer_in_documents',
  text: 'The documents do not say.',
  closest: [],
};

function turn(id: string, changes: Partial<Turn> = {}): Turn {
  return {
    id,
    question: 'When did it open?',
    standaloneQuestion: 'When did the bridge open?',
    answer: { status: 'answered', text: 'It opened in 1932.', citations: [] },
    confidence: 0.75,
    askedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}
