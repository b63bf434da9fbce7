import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../http/dependencies.ts';
import type { AskResponse } from '../http/schemas/ask.ts';
import type { Embedder } from '../ports/embedder.ts';
import { filesArbitrary, questionArbitrary } from './arbitraries.ts';
import { postQuestion } from './ask-over-http.ts';
import { assembleIbid, endOf, eventsOf } from './assemble.ts';
import { createFakeEmbedder } from './fake-embedder.ts';

const OWLS = '# Owls\n\nOwls nest in the old barn by the river. They hunt at night, under the bridge.';

const HOSTILE: Readonly<Record<string, string>> = {
  '100 kB of one word': 'owl'.repeat(34_000),
  '100 kB of words': Array.from({ length: 20_000 }, (_, i) => `w${i % 1_000}`).join(' '),
  '100 kB of pronouns': 'and what about him? '.repeat(5_000),
  '10 kB of white space': `owls${' '.repeat(10_000)}barn`,
  '100 kB of punctuation': '?!.,;:'.repeat(17_000),
  '100 kB of capitals': 'Owl Barn '.repeat(11_000),
  '100 kB of quotes': `'"`.repeat(50_000),
  'a NUL': 'owls\0nest',
  'a lone surrogate': 'owls \ud83e nest \udd89',
  'FTS operators': '" OR NEAR( * ^ -owls AND NOT text:barn {a b}: + "owls',
  'a column filter': 'passages_text : owls',
  SQL: "'; DROP TABLE passages; -- owls",
  'format strings': '%s %n #{owls} {{owls}} $(owls) `owls`',
  'a prototype': '__proto__ constructor toString owls',
  'nothing but spaces': ' \n\t ',
  nothing: '',
  'marks without letters': '\u0301\u0302\u0303 \u200d\u200d\ufe0f',
  'overrides of direction': '\u202eowls\u202c \u2066nest\u2069',
};

describe('A hostile question', () => {
  it.each(Object.entries(HOSTILE))(
    'of %s is answered or declined, in any turn, and over HTTP',
    async (_, question) => {
      await using ibid = await assembleIbid();
      await ibid.ingest({ 'owls.md': OWLS });
      const { conversationId } = await endOf(ibid.ask, { question: 'Where do owls nest?' });
      for (const continued of [{}, { conversationId }]) {
        const { answer } = await endOf(ibid.ask, { question, ...continued });
        expect(['answered', 'declined']).toContain(answer.status);
      }
      const { status } = await postQuestion(ibid.app, { question });
      expect([200, 400, 413]).toContain(status);
      const isOrdinary = question.trim() !== '' && question.length <= DEFAULT_LIMITS.maxQuestionChars;
      if (isOrdinary && !/\p{Surrogate}|\0/u.test(question)) expect(status).toBe(200);
      expect(await ibid.deps.store.countDocuments()).toMatchObject({ documents: 1 });
      expect((await endOf(ibid.ask, { question: 'Where do owls nest?' })).answer.text).toContain('old barn');
    },
  );

  it('of any code units is answered or declined, and refused over HTTP at most', async () => {
    await using ibid = await assembleIbid();
    await ibid.ingest({ 'owls.md': OWLS });
    const raw = fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units));
    const check = async (question: string) => {
      await endOf(ibid.ask, { question });
      expect([200, 400]).toContain((await postQuestion(ibid.app, { question })).status);
      await ibid.search({ query: question });
    };
    await fc.assert(fc.asyncProperty(raw, check), { numRuns: 50 });
  });
});

describe('Questions at once in one conversation', () => {
  it('are answered in the order of asking, each with the turns before it', async () => {
    const check = async (delays: readonly number[]) => {
      await using ibid = await assembleIbid({ embedder: slowEmbedder(delays) });
      await ibid.ingest({ 'owls.md': OWLS });
      const { conversationId } = await endOf(ibid.ask, { question: 'Where do owls nest?' });
      const questions = delays.map((_, i) => `Do owls hunt under bridge number ${i}?`);
      const ends = await Promise.all(
        questions.map((question) => endOf(ibid.ask, { question, conversationId })),
      );
      const turns = (await ibid.deps.conversations.getConversation(conversationId))?.turns ?? [];
      expect(turns.map(({ question }) => question)).toEqual(['Where do owls nest?', ...questions]);
      expect(turns.slice(1).map(({ id }) => id)).toEqual(ends.map(({ id }) => id));
    };
    const delays = fc.array(fc.nat(8), { minLength: 2, maxLength: 5 });
    await fc.assert(fc.asyncProperty(delays, check), { numRuns: 10 });
  });

  it('go on after one that failed and one that nobody read to its end', async () => {
    await using ibid = await assembleIbid();
    await ibid.ingest({ 'owls.md': OWLS });
    const { conversationId } = await endOf(ibid.ask, { question: 'Where do owls nest?' });
    const left = ibid.ask({ question: 'Where do they hunt?', conversationId })[Symbol.asyncIterator]();
    await left.next();
    const waiting = endOf(ibid.ask, { question: 'When do owls hunt?', conversationId });
    const aborted = eventsOf(ibid.ask, { question: 'Why?', conversationId, signal: AbortSignal.abort() });
    const last = endOf(ibid.ask, { question: 'Do owls nest by the river?', conversationId });
    await left.return?.();
    await Promise.all([waiting, aborted, last]);
    const turns = (await ibid.deps.conversations.getConversation(conversationId))?.turns ?? [];
    expect(turns.map(({ question }) => question)).not.toContain('Where do they hunt?');
    expect(turns.at(-1)?.question).toBe('Do owls nest by the river?');
  });
});

/** Each question takes as many milliseconds to embed as is given for it in turn. */
function slowEmbedder(delays: readonly number[]): Embedder {
  const inner = createFakeEmbedder();
  let asked = 0;
  return {
    ...inner,
    async embedQuery(text) {
      await new Promise((resolve) => setTimeout(resolve, delays[asked++ % delays.length]));
      return inner.embedQuery(text);
    },
  };
}

describe('When the embedder fails', () => {
  it('full text alone answers, and every surface says so', async () => {
    const embedder = createFakeEmbedder();
    const embedQuery = () => Promise.reject(new Error('The model is away.'));
    await using ibid = await assembleIbid({ embedder: { ...embedder, embedQuery } });
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(filesArbitrary, questionArbitrary, async (files, question) => {
        await ibid.ingest({ ...files, 'owls.md': OWLS });
        const response = await postQuestion(ibid.app, { question: `Owls ${question}` });
        const { status, degraded, passages } = (await response.json()) as AskResponse;
        expect(response.status).toBe(200);
        expect(degraded).toContain('full text alone');
        expect(degraded).not.toContain('The model is away.');
        expect(new Set(passages.map(({ via }) => via))).toEqual(new Set(['text']));
        if (status === 'answered') answered++;
      }),
      { numRuns: 15 },
    );
    expect(answered).toBe(15);
    expect((await ibid.search({ query: 'owls' })).degraded).toContain('full text alone');
  });
});
