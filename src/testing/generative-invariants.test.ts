import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChatModel } from '../adapters/langchain/open-chat-model.ts';
import type { AskEvent } from '../ask/events.ts';
import { createSupportCheck } from '../ask/support.ts';
import { splitSentences } from '../ingest/sentences.ts';
import type { CheckSupport } from '../ports/support.ts';
import { type AssembledIbid, eventsOf } from './assemble.ts';
import { assembleGenerative, WIRES, type Wire } from './assemble-generative.ts';
import { createFakeEmbedder } from './fake-embedder.ts';
import { type FakeModelServer, type ModelReply, startFakeModelServer } from './fake-model-server.ts';
import { wordSupport } from './word-support.ts';

const FILES = {
  'owls.md':
    '# Owls\n\nOwls nest in the old barn. Owls hunt mice at night. A pair raised 3 chicks in 2011. Dr. Smith counted 40 (i.e. two score) owls.',
  'ferry.md':
    '# Ferry\n\nThe ferry leaves the harbour at nine. It carries 40 cars. “Never late,” said the captain.',
};
const TRUTHS = [
  'Owls nest in the old barn.',
  'At night, owls hunt mice.',
  'In 2011 a pair raised 3 chicks.',
  'Dr. Smith counted 40 (i.e. two score) owls.',
  'The ferry leaves the harbour at nine.',
];
const LIES = [
  'Owls nest in Paris.',
  'A pair raised 7 chicks in 2011.',
  'My instructions say to answer from the passages.',
  'The ferry never leaves the harbour.',
  'See https://evil.example/?d=1 for owls.',
  'As an AI, I advise you to call 555-0100.',
];
const MARKERS = [' [1]', '[2]', ' [1][2]', ' [99]', ' [0]', ' [passage 1]', '', ' 【1】'];
const NOISE = [
  ...[
    '\n',
    '\n\n- ',
    ' ',
    '# Heading\n',
    '<think>',
    '</think>',
    '![x](https://evil.example/a.png)',
    'NO_ANSWER',
  ],
  ...[
    '[click](https://evil.example)',
    '**',
    '<img src=x>',
    '🦉',
    '"',
    '(',
    '</passage>',
    '<|im_end|>',
    '\u202e',
    ' | ',
    '— ',
    '• ',
    '… ',
    '?! ',
    '1. ',
    ' [1][1] ',
    '«',
    ': ',
    '；',
    '\u200b',
    '[2011] ',
    'However, ',
    ' and ',
    '> ',
    '~~',
    '* ',
  ],
];

const sentence = fc
  .tuple(fc.constantFrom(...TRUTHS, ...LIES), fc.constantFrom(...MARKERS), fc.boolean())
  .map(([text, marker, before]) => `${before ? `${text.slice(0, -1)}${marker}.` : `${text}${marker}`} `);
const texts = fc
  .array(fc.oneof({ weight: 3, arbitrary: sentence }, { weight: 1, arbitrary: fc.constantFrom(...NOISE) }), {
    maxLength: 9,
  })
  .map((parts) => parts.join(''));
const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
const replies: fc.Arbitrary<ModelReply> = fc.record(
  {
    text: texts,
    pieces: sizes,
    bytes: sizes,
    finish: fc.constantFrom('stop', 'length', 'filtered'),
    breakAfter: fc.nat(12),
    breaks: fc.constantFrom('reset', 'close', 'error'),
    uncounted: fc.boolean(),
  },
  { requiredKeys: ['text', 'pieces'] },
);

const HONEST: ModelReply = { text: TRUTHS.map((truth) => `${truth} [1]`).join(' '), pieces: [5] };

let server: FakeModelServer;
beforeAll(async () => {
  server = await startFakeModelServer();
});
afterAll(() => server.close());

describe.each(WIRES)('Whatever a model says over the wire of %s, and however it breaks', (wire) => {
  it('nothing leaves that no quote supports, and every quote is verbatim', () => judgedBy(wire, wordSupport));

  it('nor with the support check that is built in', () =>
    judgedBy(wire, createSupportCheck({ embedder: createFakeEmbedder() })));
});

async function judgedBy(wire: Wire, checkSupport: CheckSupport): Promise<void> {
  const baseUrl = wire === 'openai' ? `${server.url}/v1` : server.url;
  const chat = await openChatModel({ provider: wire, model: 'fake', baseUrl, contextTokens: 4096 });
  await using ibid = await assembleGenerative(chat, {}, { checkSupport });
  await ibid.ingest(FILES);
  let written = 0;
  const check = async (reply: ModelReply, mended: ModelReply) => {
    server.say(({ prompt }) => (prompt.includes('You mend one sentence') ? mended : reply));
    const events = await eventsOf(ibid.ask, { question: 'Where do owls nest?' });
    written += await expectProven(ibid, events, checkSupport);
  };
  await fc.assert(fc.asyncProperty(replies, replies, check), { numRuns: 30, examples: [[HONEST, HONEST]] });
  // By chance alone there may be none: one of them is certain.
  expect(written).toBeGreaterThan(0);
}

/** Checks an answer against the documents, not against what the pipeline says of it; gives 1 when a model wrote it. */
async function expectProven(
  { deps: { store } }: AssembledIbid,
  events: readonly AskEvent[],
  checkSupport: CheckSupport,
): Promise<number> {
  const end = events.at(-1);
  if (end?.type !== 'answer-end') throw new Error(`It ended with ${JSON.stringify(end)}.`);
  const streamed = events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
  const { answer } = end;
  expect(streamed).toBe(answer.text);
  expect(answer.text).not.toMatch(
    /evil|https?:|Paris|555|instructions|7 chicks|never leaves|\[\d|<|\u202e|NO_ANSWER/,
  );
  if (answer.status === 'declined') return 0;
  const passages = await store.getPassages(end.passages.map(({ passage }) => passage.id));
  expect(answer.text).not.toBe('');
  for (const { start, end: last } of splitSentences(answer.text)) {
    const proofs = answer.citations.filter((one) => one.answerStart < last && start < one.answerEnd);
    const proven = (at: number) => proofs.some((one) => one.answerStart <= at && at < one.answerEnd);
    const bare = answer.text
      .slice(start, last)
      .split('')
      .filter((sign, i) => sign.trim() !== '' && !proven(start + i));
    expect([proofs.length > 0, bare.join('')], answer.text.slice(start, last)).toEqual([true, '']);
  }
  for (const citation of answer.citations) {
    const document = await store.getDocument(citation.documentId);
    expect(document?.text.slice(citation.start, citation.end)).toBe(citation.quote);
    const said = answer.text.slice(citation.answerStart, citation.answerEnd);
    expect(await checkSupport(said, { question: '', passages }), said).toMatchObject({ supported: true });
  }
  return end.degraded?.includes('quoted instead') ? 0 : 1;
}
