import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reader } from '../ports/reader.ts';
import { ALWAYS_ANSWER, type AssembledIbid, assembleIbid, endOf, eventsOf } from '../testing/assemble.ts';
import { createAsk } from './ask.ts';

const FILES = {
  'owls.md': '---\nkind: bird\n---\n# Owls\n\nOwls nest in the old barn. Owls hunt at night.',
  'ferry.md': '---\nkind: ship\n---\n# Ferry\n\nThe ferry leaves the harbour at nine.',
  'bread.txt': 'Bread rises in a warm place.',
};
const NEVER = 1.1;

let ibid: AssembledIbid;
beforeAll(async () => {
  ibid = await assembleIbid();
  await ibid.ingest(FILES);
});
afterAll(() => ibid[Symbol.asyncDispose]());

/** The same Ibid with something else in one place. */
const askWith = (changes: Partial<AssembledIbid['deps']>) => createAsk({ ...ibid.deps, ...changes });

describe('The events of a question', () => {
  it('begin with the passages, go on sentence by sentence with its citations, and end with the answer', async () => {
    const events = await eventsOf(ibid.ask, { question: 'Where do owls nest?' });
    const types = events.map(({ type }) => type).join(' ');
    expect(types).toMatch(/^passages-found( text-delta( citation-added)+)+ answer-end$/);
    const end = events.at(-1);
    if (end?.type !== 'answer-end' || end.answer.status !== 'answered') throw new Error('expected an answer');
    expect(end.answer.text).toContain('Owls nest in the old barn.');
    expect(events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')).toBe(
      end.answer.text,
    );
    const streamed = events.flatMap((event) => (event.type === 'citation-added' ? [event.citation] : []));
    expect(streamed).toEqual(end.answer.citations);
    expect(events[0]).toMatchObject({ passages: end.passages, standaloneQuestion: 'Where do owls nest?' });
    expect(end.timing.total).toBeGreaterThanOrEqual(end.timing.retrieve);
  });

  it('of a decline hold its text once and its three closest passages', async () => {
    const events = await eventsOf(askWith({ threshold: NEVER }), { question: 'Where do owls nest?' });
    expect(events.map(({ type }) => type)).toEqual(['passages-found', 'text-delta', 'answer-end']);
    const end = await endOf(askWith({ threshold: NEVER }), { question: 'Where do owls nest?' });
    if (end.answer.status !== 'declined') throw new Error('expected a decline');
    expect(end.answer).toMatchObject({
      reason: 'no_answer_in_documents',
      text: expect.stringContaining('documents'),
    });
    expect(end.answer.closest).toEqual(end.passages.slice(0, 3));
    expect(end.answer.closest[0]?.documentUri).toBe('owls.md');
    expect(end.confidence).toBeGreaterThanOrEqual(0);
    expect(end.confidence).toBeLessThanOrEqual(1);
  });
});

describe('A question', () => {
  it('is answered from its confidence on, and declined below it', async () => {
    const { confidence } = await endOf(ibid.ask, { question: 'Where do owls nest?' });
    const statusAt = async (threshold: number) =>
      (await endOf(askWith({ threshold }), { question: 'Where do owls nest?' })).answer.status;
    expect(await statusAt(confidence)).toBe('answered');
    expect(await statusAt(confidence + 1e-9)).toBe('declined');
  });

  it('is answered only from documents that its filter lets through', async () => {
    const { answer, passages } = await endOf(ibid.ask, {
      question: 'Where do owls nest?',
      filter: { kind: 'ship' },
    });
    expect(passages.map(({ documentUri }) => documentUri)).toEqual(['ferry.md']);
    expect(JSON.stringify(answer)).not.toContain('barn');
  });

  it('of two parts says to which of them the documents hold no answer', async () => {
    const confidenceOf = async (question: string) => (await endOf(ibid.ask, { question })).confidence;
    const owls = await confidenceOf('Where do owls nest?');
    const zeppelins = await confidenceOf('Who invented the zeppelin?');
    expect(owls).toBeGreaterThan(zeppelins);
    const { answer } = await endOf(askWith({ threshold: (owls + zeppelins) / 2 - 1e-3 }), {
      question: 'Where do owls nest, and who invented the zeppelin?',
    });
    expect(answer).toMatchObject({ status: 'answered', unanswered: ['Who invented the zeppelin?'] });
    expect(answer.text).toContain('Owls nest in the old barn.');
    const { answer: whole } = await endOf(askWith({ threshold: zeppelins - 1e-3 }), {
      question: 'Where do owls nest, and who invented the zeppelin?',
    });
    expect(whole).not.toHaveProperty('unanswered');
  });

  it('with a filter that lets nothing through is declined', async () => {
    const { answer, confidence } = await endOf(ibid.ask, {
      question: 'Where do owls nest?',
      filter: { kind: 'tree' },
    });
    expect(answer).toMatchObject({ status: 'declined', reason: 'no_answer_in_documents', closest: [] });
    expect(confidence).toBe(0);
  });

  it('reports as many passages as it asks for', async () => {
    const lengthWith = async (limit: number) =>
      (await endOf(ibid.ask, { question: 'Where do owls nest?', limit })).passages.length;
    expect(await Promise.all([1, 2, 50].map(lengthWith))).toEqual([1, 2, 3]);
  });

  it('that is small talk is read by itself, whatever was asked before', async () => {
    const { conversationId } = await endOf(ibid.ask, { question: 'Where do owls nest?' });
    const end = await endOf(ibid.ask, { question: 'Thanks!', conversationId });
    expect(end).toMatchObject({ standaloneQuestion: 'Thanks!', answer: { reason: 'not_a_question' } });
  });

  it('is stored nowhere when it is not to be, nor is its conversation held', async () => {
    const first = await endOf(ibid.ask, { question: 'Where do owls nest?', store: false });
    expect(await ibid.deps.conversations.getConversation(first.conversationId)).toBeUndefined();
    const { conversationId } = await endOf(ibid.ask, { question: 'Where do owls nest?', note: 'kept' });
    const follow = { question: 'When do they hunt?', conversationId };
    const [aside, next] = await Promise.all([
      endOf(ibid.ask, { ...follow, store: false }),
      endOf(ibid.ask, follow),
    ]);
    expect(aside.standaloneQuestion).toContain('owls');
    const turns = (await ibid.deps.conversations.getConversation(conversationId))?.turns ?? [];
    expect(turns.map(({ id }) => id)).toEqual([expect.any(String), next.id]);
    expect(turns.map(({ note }) => note)).toEqual(['kept', undefined]);
  });

  it('that is small talk gets a kind reply and no search', async () => {
    const search = () => Promise.reject(new Error('searched'));
    const ask = askWith({ index: { search, apply: async () => {} } });
    const { answer, passages, degraded } = await endOf(ask, { question: 'Thank you so much!' });
    expect(answer).toMatchObject({ status: 'declined', reason: 'not_a_question', closest: [] });
    expect(answer.text).toMatch(/^You are welcome\..*“Owls”/);
    expect([passages, degraded]).toEqual([[], undefined]);
  });

  it('in another language is answered by its names, or declined in that language with a word on the documents’', async () => {
    const store = { ...ibid.deps.store };
    const french = await endOf(askWith({ store }), { question: 'Qui est Owls ?' });
    expect(french.passages[0]?.documentUri).toBe('owls.md');
    const { answer } = await endOf(askWith({ threshold: NEVER }), {
      question: 'Où nichent les hiboux de la grange ?',
    });
    expect(answer.text).toMatch(/^Je n’ai pas trouvé de réponse/);
    const german = await endOf(askWith({ threshold: NEVER }), { question: 'Wo ist der Hafen, und wann?' });
    expect(german.answer.text).toMatch(/^Dazu habe ich .* auf Englisch/);
  });

  it('whose reader says nothing that stands is declined', async () => {
    const read: Reader = async function* ({ passages: [source] }) {
      if (source === undefined) return;
      const { start, end } = source.passage;
      yield { text: 'Owls nest in Paris.', quotes: [{ source, start, end }] };
    };
    const { answer } = await endOf(askWith({ read, threshold: ALWAYS_ANSWER }), {
      question: 'Where do owls nest?',
    });
    expect(answer.status).toBe('declined');
    expect(answer.text).not.toContain('Paris');
  });

  it('whose reader fails ends with that fault and leaves no turn', async () => {
    // biome-ignore lint/correctness/useYield: it fails before its first sentence
    const read: Reader = async function* () {
      throw new Error('The model is away.');
    };
    const before = await ibid.deps.conversations.listUnsatisfied(100);
    const events = await eventsOf(askWith({ read }), { question: 'Where do owls nest?' });
    expect(events.at(-1)).toMatchObject({
      type: 'ask-error',
      code: 'internal',
      message: expect.stringContaining('away'),
    });
    expect(await ibid.deps.conversations.listUnsatisfied(100)).toEqual(before);
  });
});

describe('A conversation', () => {
  it('begins with a question without an id, and goes on with the id of its answer', async () => {
    const first = await endOf(ibid.ask, { question: 'Where do owls nest?' });
    const { conversationId } = first;
    const second = await endOf(ibid.ask, { question: 'When does the ferry leave?', conversationId });
    expect(second.conversationId).toBe(conversationId);
    const turns = (await ibid.deps.conversations.getConversation(conversationId))?.turns;
    expect(turns).toMatchObject([
      { id: first.id, question: 'Where do owls nest?', answer: first.answer, confidence: first.confidence },
      { id: second.id, standaloneQuestion: second.standaloneQuestion, answer: second.answer },
    ]);
    expect(turns?.every(({ askedAt }) => new Date(askedAt).toISOString() === askedAt)).toBe(true);
  });

  it('that is not known ends with not_found, says what to do, and is not begun', async () => {
    const events = await eventsOf(ibid.ask, { question: 'Where do owls nest?', conversationId: 'conv_gone' });
    expect(events).toEqual([
      { type: 'ask-error', code: 'not_found', message: expect.stringContaining('Leave conversation_id out') },
    ]);
    expect(await ibid.deps.conversations.getConversation('conv_gone')).toBeUndefined();
  });

  it('reads a follow-up by what was said before', async () => {
    const { conversationId } = await endOf(ibid.ask, { question: 'When does the ferry leave the harbour?' });
    const { standaloneQuestion, passages } = await endOf(ibid.ask, {
      question: 'Why does it?',
      conversationId,
    });
    expect(standaloneQuestion).toContain('ferry');
    expect(passages[0]?.documentUri).toBe('ferry.md');
  });

  it('reads a follow-up by what a caller tells of it, and keeps the new turn alone', async () => {
    const history = [{ question: 'When does the ferry leave the harbour?', answer: 'At nine.' }];
    const told = await endOf(ibid.ask, { question: 'Why does it?', history });
    expect(told.standaloneQuestion).toContain('ferry');
    const kept = await ibid.deps.conversations.getConversation(told.conversationId);
    expect(kept?.turns.map(({ id }) => id)).toEqual([told.id]);
  });

  it('is named, with the answer to come, by the first event', async () => {
    const [found, ...others] = await eventsOf(ibid.ask, { question: 'Where do owls nest?' });
    const end = others.at(-1);
    if (end?.type !== 'answer-end') throw new Error('There is no end.');
    expect(found).toMatchObject({ id: end.id, conversationId: end.conversationId });
  });
});
