import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibsqlConversationStore } from '../adapters/libsql/libsql-conversation-store.ts';
import { type AssembledIbid, assembleIbid, endOf, eventsOf } from '../testing/assemble.ts';
import { createFakeEmbedder } from '../testing/fake-embedder.ts';
import { createAsk } from './ask.ts';

let ibid: AssembledIbid;
let folder = '';
beforeAll(async () => {
  ibid = await assembleIbid();
  await ibid.ingest({ 'owls.md': '# Owls\n\nOwls nest in the old barn. Owls hunt at night.' });
  folder = await mkdtemp(join(tmpdir(), 'ibid-hold-'));
});
afterAll(async () => {
  await ibid[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Another process on the same conversations. */
async function processOn(path: string, name: string) {
  const conversations = await openLibsqlConversationStore({ path });
  let ids = 0;
  const inner = createFakeEmbedder();
  const embedder = {
    ...inner,
    async embedQuery(text: string) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      return inner.embedQuery(text);
    },
  };
  const newId = (prefix: string) => `${prefix}_${name}${++ids}`;
  return { conversations, ask: createAsk({ ...ibid.deps, embedder, conversations, newId }) };
}

describe('Questions at once in one conversation, asked of two processes', () => {
  it('are answered one after the other, each with the turns before it', async () => {
    const path = join(folder, 'two.db');
    const [one, two] = [await processOn(path, 'one'), await processOn(path, 'two')];
    const { conversationId } = await endOf(one.ask, { question: 'Where do owls nest?' });
    const running = { most: 0, now: 0 };
    const askIn = async ({ ask }: typeof one, question: string) => {
      for await (const event of ask({ question, conversationId })) {
        if (event.type === 'passages-found') running.most = Math.max(running.most, ++running.now);
        if (event.type === 'answer-end') running.now -= 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await Promise.all([
      askIn(one, 'When do they hunt?'),
      askIn(two, 'Do they hunt by day?'),
      askIn(one, 'Do they nest in trees?'),
      askIn(two, 'Where do they sleep?'),
    ]);
    expect(running.most).toBe(1);
    const turns = (await two.conversations.getConversation(conversationId))?.turns ?? [];
    expect(turns).toHaveLength(5);
    // Whom "they" are taken for depends on the order, which is open; that somebody was found shows that turns were read.
    const unread = turns
      .slice(1)
      .filter(({ question, standaloneQuestion }) => question === standaloneQuestion);
    expect(unread).toEqual([]);
    await one.conversations.close();
    await two.conversations.close();
  });

  it('let go of it when one is cancelled', async () => {
    const path = join(folder, 'cancelled.db');
    const [one, two] = [await processOn(path, 'one'), await processOn(path, 'two')];
    const { conversationId } = await endOf(one.ask, { question: 'Where do owls nest?' });
    const left = one.ask({ question: 'When do they hunt?', conversationId })[Symbol.asyncIterator]();
    await left.next();
    await left.return?.();
    const { answer } = await endOf(two.ask, { question: 'When do owls hunt?', conversationId });
    expect(answer.status).toBe('answered');
    await one.conversations.close();
    await two.conversations.close();
  });
});

describe('A conversation that is deleted while a question of it is answered', () => {
  it('stays deleted', async () => {
    const { conversationId } = await endOf(ibid.ask, { question: 'Where do owls nest?' });
    const asking = ibid.ask({ question: 'When do they hunt?', conversationId })[Symbol.asyncIterator]();
    await asking.next();
    await ibid.deps.conversations.deleteConversation(conversationId);
    let last = await asking.next();
    for (let next = last; !next.done; next = await asking.next()) last = next;
    expect(last.value).toMatchObject({ type: 'answer-end' });
    expect(await ibid.deps.conversations.getConversation(conversationId)).toBeUndefined();
    expect((await eventsOf(ibid.ask, { question: 'Why?', conversationId })).at(-1)).toMatchObject({
      type: 'ask-error',
      code: 'not_found',
    });
  });
});
