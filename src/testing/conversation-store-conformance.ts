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

    test('forgets one turn with its feedback, and the conversation with the last one', async () => {
      for (const id of ['ans_1', 'ans_2', 'ans_3']) await store.appendTurn('conv_a', turn(id));
      await store.appendTurn('conv_b', turn('ans_other'));
      await store.saveFeedback({ ...DOWN, answerId: 'ans_2' });
      expect(await store.deleteTurn('conv_b', 'ans_2')).toBe(false);
      expect(await store.deleteTurn('conv_none', 'ans_2')).toBe(false);
      expect(await store.deleteTurn('conv_a', 'ans_2')).toBe(true);
      expect(await store.deleteTurn('conv_a', 'ans_2')).toBe(false);
      expect((await store.getConversation('conv_a'))?.turns.map(({ id }) => id)).toEqual(['ans_1', 'ans_3']);
      expect(await store.listUnsatisfied(10)).toEqual([]);
      await store.deleteTurn('conv_a', 'ans_1');
      await store.deleteTurn('conv_a', 'ans_3');
      expect(await store.getConversation('conv_a')).toBeUndefined();
      expect(await store.deleteConversation('conv_a')).toBe(false);
      expect((await store.getConversation('conv_b'))?.turns).toHaveLength(1);
    });

    test('shows a window of the turns: the newest, or those before one of them', async () => {
      const turns = ['ans_1', 'ans_2', 'ans_3', 'ans_4'].map((id) => turn(id));
      for (const each of turns) await store.appendTurn('conv_a', each);
      await store.appendTurn('conv_b', turn('ans_other'));
      const idsIn = async (limit: number, before?: string) =>
        (
          await store.getConversation('conv_a', { limit, ...(before === undefined ? {} : { before }) })
        )?.turns.map(({ id }) => id);
      expect(await idsIn(2)).toEqual(['ans_3', 'ans_4']);
      expect(await idsIn(9)).toEqual(['ans_1', 'ans_2', 'ans_3', 'ans_4']);
      expect(await idsIn(2, 'ans_3')).toEqual(['ans_1', 'ans_2']);
      expect(await idsIn(2, 'ans_1')).toEqual([]);
      expect(await idsIn(2, 'ans_other')).toEqual([]);
      expect(await store.getConversation('conv_none', { limit: 2 })).toBeUndefined();
    });

    test('keeps the newest turns of a long conversation, and the feedback of no other', async () => {
      const options = { continues: false, keep: 2 };
      await store.appendTurn('conv_b', turn('ans_other', { answer: DECLINED }), options);
      for (const id of ['ans_1', 'ans_2', 'ans_3'])
        expect(await store.appendTurn('conv_a', turn(id), options)).toBe(true);
      expect((await store.getConversation('conv_a'))?.turns.map(({ id }) => id)).toEqual(['ans_2', 'ans_3']);
      await store.saveFeedback({ ...DOWN, answerId: 'ans_2' });
      await store.appendTurn('conv_a', turn('ans_4'), options);
      expect(await store.saveFeedback({ ...DOWN, answerId: 'ans_2' })).toBe(false);
      expect((await store.listUnsatisfied(10)).map((each) => each.turn.id)).toEqual(['ans_other']);
    });

    test('does not begin a conversation anew that was to be continued and is gone', async () => {
      const options = { continues: true, keep: 9 };
      await store.appendTurn('conv_a', turn('ans_1'));
      expect(await store.appendTurn('conv_a', turn('ans_2'), options)).toBe(true);
      await store.deleteConversation('conv_a');
      expect(await store.appendTurn('conv_a', turn('ans_3'), options)).toBe(false);
      expect(await store.getConversation('conv_a')).toBeUndefined();
    });

    test('lets one question hold a conversation, until its turn is stored, it lets go or its time is over', async () => {
      await store.appendTurn('conv_a', turn('ans_1'));
      await store.appendTurn('conv_b', turn('ans_2'));
      const hold = (id: string, turnId: string, now: number, until = now + 100) =>
        store.holdConversation(id, { turnId, now, until });
      expect(await hold('conv_none', 'ans_3', 0)).toBe(false);
      expect(await hold('conv_a', 'ans_3', 0)).toBe(true);
      expect(await hold('conv_a', 'ans_3', 1)).toBe(true);
      expect(await hold('conv_a', 'ans_4', 50)).toBe(false);
      expect(await hold('conv_b', 'ans_5', 50)).toBe(true);
      await store.appendTurn('conv_a', turn('ans_6'));
      expect(await hold('conv_a', 'ans_4', 50)).toBe(false);
      await store.appendTurn('conv_a', turn('ans_3'));
      expect(await hold('conv_a', 'ans_4', 50)).toBe(true);
      expect(await hold('conv_a', 'ans_4', 60, 60)).toBe(true);
      expect(await hold('conv_a', 'ans_7', 60)).toBe(true);
      expect(await hold('conv_a', 'ans_8', 159)).toBe(false);
      expect(await hold('conv_a', 'ans_8', 160)).toBe(true);
    });

    test('gives one of many that want to hold a conversation at once the hold', async () => {
      await store.appendTurn('conv_a', turn('ans_1'));
      const held = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          store.holdConversation('conv_a', { turnId: `ans_held_${at}`, now: 0, until: 9 }),
        ),
      );
      expect(held.filter(Boolean)).toHaveLength(1);
    });

    test('deletes old conversations by their last turn, oldest first, as many as it may', async () => {
      const on = (day: number) => ({ askedAt: `2026-01-0${day}T00:00:00.000Z`, answer: DECLINED });
      await store.appendTurn('conv_b', turn('ans_1', on(2)));
      await store.appendTurn('conv_a', turn('ans_2', on(1)));
      await store.appendTurn('conv_c', turn('ans_3', on(1)));
      await store.appendTurn('conv_c', turn('ans_4', on(4)));
      await store.saveFeedback({ ...DOWN, answerId: 'ans_1' });
      expect(await store.deleteConversationsBefore('2026-01-01T00:00:00.000Z', 9)).toBe(0);
      expect(await store.deleteConversationsBefore('2026-01-03T00:00:00.000Z', 1)).toBe(1);
      expect(await store.getConversation('conv_a')).toBeUndefined();
      expect(await store.deleteConversationsBefore('2026-01-03T00:00:00.000Z', 9)).toBe(1);
      expect(await store.getConversation('conv_b')).toBeUndefined();
      expect((await store.getConversation('conv_c'))?.turns).toHaveLength(2);
      expect((await store.listUnsatisfied(9)).map((each) => each.turn.id)).toEqual(['ans_4', 'ans_3']);
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

    test('lists conversations by id, page by page, and the feedback of one', async () => {
      for (const id of ['conv_b', 'conv_a', 'conv_C']) await store.appendTurn(id, turn(`ans_${id}`));
      await store.appendTurn('conv_a', turn('ans_2'));
      expect(await store.listConversations({ limit: 2 })).toEqual(['conv_C', 'conv_a']);
      expect(await store.listConversations({ limit: 2, afterId: 'conv_a' })).toEqual(['conv_b']);
      const first = { ...DOWN, answerId: 'ans_conv_a', comment: 'why \0 so?' };
      await store.saveFeedback({ ...DOWN, answerId: 'ans_2', rating: 'up' });
      await store.saveFeedback(first);
      await store.saveFeedback({ ...DOWN, answerId: 'ans_conv_b' });
      expect(await store.listFeedback('conv_a')).toEqual([
        first,
        { ...DOWN, answerId: 'ans_2', rating: 'up' },
      ]);
      expect(await store.listFeedback('conv_none')).toEqual([]);
    });

    test('lists declined and down-rated turns, newest first', async () => {
      const at = (minute: number) => ({ askedAt: `2026-01-01T00:0${minute}:00.000Z` });
      await store.appendTurn('conv_a', turn('ans_declined', { answer: DECLINED, ...at(1) }));
      const smallTalk = { ...DECLINED, reason: 'not_a_question' } as const;
      await store.appendTurn('conv_a', turn('ans_hello', { answer: smallTalk, ...at(4) }));
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
