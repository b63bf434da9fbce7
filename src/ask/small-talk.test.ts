import { describe, expect, it } from 'vitest';
import { smallTalkReply } from './small-talk.ts';

describe('Small talk', () => {
  it.each([
    'Hello',
    'hi there!',
    'Good morning',
    'Thanks a lot!',
    'thank you so much',
    'Bye',
    'How are you?',
    'ok',
  ])('gets a reply: %s', (message) => expect(smallTalkReply(message)).toBeTypeOf('string'));

  it.each([
    'Hello, who is Manaf Tlas?',
    'Thanks. And where does he live?',
    'hi how do I install it',
    'why?',
    'OK computer release date',
  ])('leaves a question to the documents: %s', (message) => expect(smallTalkReply(message)).toBeUndefined());
});
