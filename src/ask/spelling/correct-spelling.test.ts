import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AssembledIbid, assembleIbid } from '../../testing/assemble.ts';
import { createFakeEmbedder } from '../../testing/fake-embedder.ts';
import { correctSpelling } from './correct-spelling.ts';

const FILES = {
  'ferry.md':
    '# The ferry\n\nThe ferry of Skerrymouth was built by Tarn and Sons. Its captain succeeded Amer Fabius in the harbour. The government of Syria and Tlas bought many tickets there in the conflict.',
};
/** What the embedding model is taken to know beside the documents' words. */
const KNOWN = new Set(
  'who what where when was the of did in and is a harbour hotel government many there'.split(' '),
);

let ibid: AssembledIbid;
let deps: Parameters<typeof correctSpelling>[0];
beforeAll(async () => {
  const embedder = createFakeEmbedder();
  ibid = await assembleIbid({ embedder });
  await ibid.ingest(FILES);
  const countTokens = (text: string) => (KNOWN.has(text.toLowerCase()) ? 1 : 2);
  deps = { store: ibid.deps.store, embedder: { countTokens } };
});
afterAll(() => ibid[Symbol.asyncDispose]());

describe('correctSpelling', () => {
  it.each([
    ['a letter missing', 'Who was the captin of the ferry?', 'Who was the captain of the ferry?'],
    ['a letter too many', 'Who bought the ticckets?', 'Who bought the tickets?'],
    ['two exchanged', 'When was the conflcit in Syira?', 'When was the conflict in Syria?'],
    ['one that sounds alike', 'what did siria buy', 'what did syria buy'],
    ['a word whose stem is not its beginning', 'the goverment of syria', 'the government of syria'],
    ['two edits in a long word', 'where is skerimouth', 'where is skerrymouth'],
    ['a name whose stem lost its last letter', 'Who is Tals?', 'Who is Tlas?'],
    ['a possessive', "What was Fabus's harbour?", "What was Fabius's harbour?"],
    ['a function word', 'how meny tickets, teh ferry?', 'how many tickets, the ferry?'],
    ['capitals', 'CAPTIAN OF THE FERRY', 'CAPTAIN OF THE FERRY'],
  ])('puts right %s', async (_, written, meant) => {
    expect(await correctSpelling(deps, written)).toBe(meant);
  });

  it.each([
    ['a word that the model knows', 'Where is the hotel?'],
    ['a name that the documents lack', 'Who is Farid Tarnow?'],
    ['a short name one letter off', 'Who is Emer Turn?'],
    [
      'a number, a path, an address and an identifier',
      'Is 4711 in /capten, capten.org, a@capten.de or capten_x?',
    ],
    ['an acronym', 'What is the TARM?'],
    ['a contraction', "Why wasn't it, and who couldn't?"],
    ['another language', 'Wo liegt denn der fery hafn gouvernement ticktes capitan?'],
    ['nothing', ''],
  ])('leaves alone %s', async (_, question) => {
    expect(await correctSpelling(deps, question)).toBe(question);
  });

  it('reads the corrected question and shows it, and keeps what was asked', async () => {
    const spelling = await assembleIbid({
      embedder: { ...createFakeEmbedder(), countTokens: deps.embedder.countTokens },
    });
    await spelling.ingest(FILES);
    let id = '';
    for await (const event of spelling.ask({ question: 'Who was the captian of the fery?' })) {
      if (event.type !== 'answer-end') continue;
      id = event.conversationId;
      expect(event.standaloneQuestion).toBe('Who was the captain of the ferry?');
    }
    const [turn] = (await spelling.deps.conversations.getConversation(id))?.turns ?? [];
    expect(turn?.question).toBe('Who was the captian of the fery?');
    expect((await spelling.search({ query: 'fery' })).hits[0]?.via).toBe('both');
    await spelling[Symbol.asyncDispose]();
  });
});
