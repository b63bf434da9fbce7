import { describe, expect, it } from 'vitest';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import { TURN } from '../testing/http-fakes.ts';
import { expireConversations } from './expiring-conversations.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (day: number) => new Date(START + day * DAY).toISOString();

async function storeWith(turns: readonly (readonly [conversation: string, day: number])[]) {
  const clock = { day: 0 };
  const inner = createMemoryConversationStore();
  for (const [index, [conversation, day]] of turns.entries())
    await inner.appendTurn(conversation, { ...TURN, id: `ans_${index}`, askedAt: at(day) });
  const store = expireConversations(inner, { keepMs: 30 * DAY, now: () => START + clock.day * DAY });
  return { clock, inner, store };
}

describe('A conversation that expires', () => {
  it('is gone once its last question is too long ago, before it is swept', async () => {
    const { clock, inner, store } = await storeWith([
      ['conv_a', 0],
      ['conv_a', 10],
    ]);
    clock.day = 40;
    expect((await store.getConversation('conv_a'))?.turns).toHaveLength(2);
    expect((await store.getConversation('conv_a', { limit: 5, before: 'ans_1' }))?.turns).toHaveLength(1);
    expect(store.hasExpired(at(10))).toBe(false);
    clock.day = 40.001;
    expect(store.hasExpired(at(10))).toBe(true);
    expect(await store.getConversation('conv_a')).toBeUndefined();
    expect(await store.getConversation('conv_a', { limit: 5, before: 'ans_1' })).toBeUndefined();
    expect(await inner.getConversation('conv_a')).toBeDefined();
    expect(await store.sweep()).toBe(1);
    expect(await inner.getConversation('conv_a')).toBeUndefined();
  });

  it('is swept in batches until none is left, and no other is', async () => {
    const old = Array.from({ length: 120 }, (_, index) => [`conv_old_${index}`, 0] as const);
    const { clock, store } = await storeWith([...old, ['conv_new', 39]]);
    clock.day = 40;
    expect(await store.sweep()).toBe(120);
    expect(await store.getConversation('conv_new')).toBeDefined();
    expect(await store.sweep()).toBe(0);
  });
});
