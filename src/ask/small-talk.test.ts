import { describe, expect, it } from 'vitest';
import { smallTalkOf } from './small-talk.ts';
import { replyTo } from './small-talk-reply.ts';

describe('Small talk', () => {
  it.each([
    ['greeting', 'en', ['Hello', 'hi there!', 'Good morning', 'HEY']],
    ['wellbeing', 'en', ['How are you?', "what's up"]],
    ['thanks', 'en', ['Thanks a lot!', 'thank you so much', 'ok thanks', 'Thanks for your help.']],
    ['goodbye', 'en', ['Bye', 'Bye, see you tomorrow', "That's all for now."]],
    ['assent', 'en', ['ok', 'ok great', 'You are awesome', 'lol', 'I see.']],
    [
      'capabilities',
      'en',
      ['What can you do?', 'who are you', 'help', 'What topics do you cover?', 'what can i ask you about?'],
    ],
    ['greeting', 'de', ['Hallo!', 'Grüß Gott', 'Guten Tag']],
    ['capabilities', 'de', ['Was kannst du?', 'Was kann ich fragen?']],
    ['thanks', 'fr', ['Merci beaucoup !', 'merci']],
    ['greeting', 'fr', ['Bonjour', 'Salut !']],
    ['capabilities', 'fr', ['Que peux-tu faire ?', 'Qui êtes-vous ?']],
    ['thanks', 'es', ['¡Muchas gracias!']],
    ['capabilities', 'es', ['¿Qué puedes hacer?']],
    ['greeting', 'ar', ['مرحبا', 'السلام عليكم']],
    ['thanks', 'ar', ['شكرا جزيلا']],
    ['greeting', 'zh', ['你好', '您好！']],
    ['capabilities', 'zh', ['你能做什么?', '你会什么？']],
    ['greeting', 'ja', ['こんにちは', 'おはようございます。']],
    ['thanks', 'ja', ['ありがとうございます！']],
    ['capabilities', 'ja', ['何ができますか？']],
  ])('is told: %s, %s', (kind, language, messages) => {
    for (const message of messages) expect(smallTalkOf(message), message).toMatchObject({ kind, language });
  });

  it.each([
    'Hello, who is Manaf Tlas?',
    'Thanks. And where does he live?',
    'hi how do I install it',
    'why?',
    'OK computer release date',
    'What can you do with a passport?',
    'Who are you and who wrote the guide?',
    'help desk opening hours',
    'good restaurants',
    'Bonjour tristesse, who wrote it?',
    'What is Ibid?',
    'ありがとうはいつ使いますか',
    '',
    `${'hi '.repeat(5_000)}`,
  ])('leaves a question to the documents: %.40s', (message) => expect(smallTalkOf(message)).toBeUndefined());
});

describe('The reply', () => {
  const storeOf = (titles: readonly string[]) => ({
    listDocuments: async () =>
      titles.map((title, at) => ({
        id: `doc_${at}`,
        uri: `${at}.md`,
        title,
        mediaType: 'text/markdown',
        contentHash: '',
        metadata: {},
        origin: 'folder:x',
        passageCount: 1,
      })),
    countDocuments: async () => ({ documents: titles.length, passages: titles.length }),
  });
  const replyIn = (message: string, titles: readonly string[]) => {
    const smallTalk = smallTalkOf(message);
    if (smallTalk === undefined) throw new Error(`no small talk: ${message}`);
    return replyTo(smallTalk, storeOf(titles));
  };

  it('names what the documents cover', async () => {
    const reply = await replyIn('What can you do?', ['Staff handbook', 'Price list']);
    expect(reply).toContain('“Staff handbook” and “Price list”');
    expect(await replyIn('Hello', ['Staff handbook'])).toMatch(/^Hello! I answer from “Staff handbook”\./);
  });

  it('names a few of many, from the whole of the list', async () => {
    const reply = await replyIn(
      'what do you know?',
      Array.from({ length: 90 }, (_, at) => `Part ${at}`),
    );
    expect(reply).toContain('90 documents, among them “Part 0”, “Part 30”, and “Part 60”');
  });

  it('says when there is nothing to ask about', async () => {
    expect(await replyIn('What can you do?', [])).toBe(
      'There are no documents yet that I could look this up in.',
    );
  });

  it('comes in the language of what was said', async () => {
    expect(await replyIn('Bonjour', ['Guide'])).toMatch(/^Bonjour ! Je réponds à partir de « Guide »\./);
    expect(await replyIn('Danke!', ['Guide'])).toMatch(/^Gern geschehen\./);
    expect(await replyIn('你好', ['手册'])).toMatch(/^您好！我根据《手册》回答问题。/);
    expect(await replyIn('¿Qué puedes hacer?', ['Guía'])).toContain('«Guía»');
  });

  it('gives a title no more room than a name needs, and no address or mark-up', async () => {
    const reply = await replyIn('hi', [
      `Long ${'word '.repeat(60)}`,
      '[click](x) **now**\n<b>',
      'See https://evil.example',
    ]);
    expect(reply).not.toMatch(/evil|\]\(|\*|<|\n/);
    expect(reply.length).toBeLessThan(400);
  });
});
