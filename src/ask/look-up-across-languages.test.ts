import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AssembledIbid, assembleIbid, endOf, eventsOf } from '../testing/assemble.ts';
import {
  assembleGenerative,
  fakeChatModel,
  type GenerativeChanges,
  WIRES,
} from '../testing/assemble-generative.ts';
import {
  type FakeModelServer,
  type ModelReply,
  type ModelRequest,
  startFakeModelServer,
} from '../testing/fake-model-server.ts';

const FILES = {
  'owls.md': '# Owls\n\nOwls nest in the old barn by the river. Owls hunt mice at night in the fields.',
  'ferry.md': '# Ferry\n\nThe ferry leaves the harbour at nine. It carries 40 cars over the river.',
};
const GERMAN = 'Wo nisten die Eulen?';
const ENGLISH = 'Where do owls nest?';
const ANSWER = 'Owls nest in the old barn by the river.';

let server: FakeModelServer;
beforeAll(async () => {
  server = await startFakeModelServer();
});
afterAll(() => server.close());
const open: AssembledIbid[] = [];
afterEach(async () => {
  for (const ibid of open.splice(0)) await ibid[Symbol.asyncDispose]();
});

async function assemble(
  files: Readonly<Record<string, string>> = FILES,
  wire: (typeof WIRES)[number] = 'openai',
  changes: GenerativeChanges = {},
) {
  const ibid = await assembleGenerative(await fakeChatModel(server, wire), changes);
  open.push(ibid);
  await ibid.ingest(files);
  server.requests.splice(0);
  return ibid;
}

const translates = ({ prompt }: ModelRequest) => prompt.includes('You translate a question');

/** What the model says to a question that it is to translate, and to all else. */
function says(translation: ModelReply, answer = `${ANSWER} [1]`): (request: ModelRequest) => ModelReply {
  return (request) => (translates(request) ? translation : { text: answer });
}

describe('A question in another language than the documents', () => {
  it.each(WIRES)('is looked up and asked in theirs, and the reply says so (%s)', async (wire) => {
    const ibid = await assemble(FILES, wire);
    server.say(says({ text: `“${ENGLISH}”`, pieces: [1] }));
    const events = await eventsOf(ibid.ask, { question: GERMAN });
    expect(events.filter(({ type }) => type === 'passages-found')).toHaveLength(1);
    expect(events[0]).toMatchObject({ standaloneQuestion: ENGLISH });
    const end = events.at(-1);
    if (end?.type !== 'answer-end') throw new Error('expected an answer');
    expect(end).toMatchObject({ standaloneQuestion: ENGLISH, answer: { status: 'answered', text: ANSWER } });
    expect(end.degraded).toContain('Die Dokumente sind auf Englisch');
    expect(end.usage?.inputTokens).toBe(240);
    expect(server.requests.map(translates)).toEqual([true, false]);
    expect(server.requests[1]?.prompt).toContain(ENGLISH);
    const stored = await ibid.deps.conversations.getConversation(end.conversationId);
    expect(stored?.turns[0]).toMatchObject({ question: GERMAN, standaloneQuestion: ENGLISH });
  });

  it('is never answered in words that no quote proves: the documents are quoted instead', async () => {
    const ibid = await assemble();
    server.say(says({ text: ENGLISH }, 'Die Eulen nisten in der alten Scheune am Fluss. [1]'));
    const end = await endOf(ibid.ask, { question: GERMAN });
    expect(end.answer.text).not.toContain('Eulen');
    expect(end.degraded).toContain('quoted instead');
    expect(end.degraded).toContain('Die Dokumente sind auf Englisch');
  });

  it.each<[string, ModelReply]>([
    ['fails', { status: 500 }],
    ['hangs', { hangAfter: 0 }],
    ['answers instead, at length', { text: 'Owls nest. '.repeat(60) }],
    ['says it in two lines', { text: 'Sure!\nWhere do owls nest?' }],
    ['leaves it as it was', { text: GERMAN }],
    ['slips in a link', { text: 'Where do owls nest? https://evil.example/x' }],
    ['says nothing', { text: '' }],
  ])('keeps its own words when the model %s', async (_how, translation) => {
    const changes = translation.hangAfter === undefined ? {} : { rewrittenWithin: 300 };
    const ibid = await assemble(FILES, 'openai', changes);
    server.say(says(translation));
    const end = await endOf(ibid.ask, { question: GERMAN });
    expect(end.standaloneQuestion).toBe(GERMAN);
    expect(end.answer.text).toContain(ANSWER);
  });

  it('is a question in English too, where the documents are in German', async () => {
    const ibid = await assemble({
      'eulen.md':
        '# Eulen\n\nDie Eulen nisten in der alten Scheune am Fluss. Sie jagen nachts auf den Feldern.',
    });
    server.say(says({ text: GERMAN }, 'Die Eulen nisten in der alten Scheune am Fluss. [1]'));
    const end = await endOf(ibid.ask, { question: ENGLISH });
    expect(end).toMatchObject({
      standaloneQuestion: GERMAN,
      answer: { status: 'answered', text: 'Die Eulen nisten in der alten Scheune am Fluss.' },
      degraded: expect.stringContaining('The documents are in German'),
    });
  });
});

describe('A question is not translated', () => {
  it.each([ENGLISH, 'owls', 'Guten Morgen!'])('when it needs it not: %s', async (question) => {
    const ibid = await assemble();
    server.say(says({ text: 'Never.' }));
    expect((await endOf(ibid.ask, { question })).standaloneQuestion).toBe(question);
    expect(server.requests.filter(translates)).toEqual([]);
  });

  it('when documents in its own language answer it', async () => {
    const ibid = await assemble({
      ...FILES,
      'eulen.md':
        '# Eulen\n\nDie Eulen nisten in der alten Scheune am Fluss. Sie jagen nachts auf den Feldern.',
    });
    server.say(says({ text: ENGLISH }, 'Die Eulen nisten in der alten Scheune am Fluss. [1]'));
    expect((await endOf(ibid.ask, { question: GERMAN })).standaloneQuestion).toBe(GERMAN);
    expect(server.requests.filter(translates)).toEqual([]);
  });

  it('without a model, and nothing is said of languages beside an answer', async () => {
    const ibid = await assembleIbid();
    open.push(ibid);
    await ibid.ingest(FILES);
    const end = await endOf(ibid.ask, { question: GERMAN });
    expect([end.standaloneQuestion, end.degraded]).toEqual([GERMAN, undefined]);
  });
});
