import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namelessIn, plainText } from './plain-text.ts';

const NAMES = { users: new Map([['U2', 'Orla']]), channels: new Map([['C2', 'general']]) };

describe('What people write', () => {
  test.each([
    ['<@U0BOT> how much leave?', 'how much leave?'],
    ['<@U0BOT|ibid>   how much\n leave?', 'how much\nleave?'],
    ['<@U0BOT>: how much leave?', 'how much leave?'],
    ['<@U0BOT>, <@U2> asks', 'Orla asks'],
    ['how much leave, <@U0BOT>?', 'how much leave?'],
    ['how much leave <@U0BOT|ibid>', 'how much leave'],
    ['can <@U0BOT> tell?', 'can tell?'],
    ['does <@U2> know?', 'does Orla know?'],
    ['does <@U3|finn> know?', 'does finn know?'],
    ['does <@U9> know?', 'does someone know?'],
    ['is it in <#C2> or <#C3|random>?', 'is it in #general or #random?'],
    ['is it in <#C2|>?', 'is it in #general?'],
    ['ask <!subteam^S1|@helpers> and <!here>', 'ask @helpers and @here'],
    ['ask <!subteam^S1> and <!channel>', 'ask @a group and @channel'],
    ['see <https://a.example/?q=a%7Cb|a page | of two>', 'see a page | of two'],
    ['why does ```if (a &lt; b) { run(&amp;a) }``` fail?', 'why does ```if (a < b) { run(&a) }``` fail?'],
    ['چند روز مرخصی دارم؟ <@U2>', 'چند روز مرخصی دارم؟ Orla'],
    ['年次休暇は何日ですか？ :thinking_face:', '年次休暇は何日ですか？ :thinking_face:'],
    ['due <!date^1392734382^{date}|18 February>', 'due 18 February'],
    ['see <https://a.example/?a=1&amp;b=2>', 'see https://a.example/?a=1&b=2'],
    ['see <https://a.example|the page>', 'see the page'],
    ['write to <mailto:a@b.example>', 'write to a@b.example'],
    ['is 1 &lt; 2 &amp;&amp; 3 &gt; 2?', 'is 1 < 2 && 3 > 2?'],
    ['&amp;lt; stays', '&lt; stays'],
    ['<@U0BOT>', ''],
  ])('%s', (text, expected) => {
    expect(plainText(text, NAMES, 'U0BOT')).toBe(expected);
  });

  test('names by id alone are to be looked up, each once', () => {
    const text = '<@U0BOT> <@U2> <@U2> <@U3|finn> <#C2> <#C4|> <#C3|x>';
    expect(namelessIn(text, 'U0BOT')).toEqual({ users: ['U2'], channels: ['C2', 'C4'] });
  });

  test('much white space takes no time', () => {
    const wide = ' '.repeat(40_000);
    const started = performance.now();
    expect(plainText(`a${wide}<@U0BOT>${wide}b`, NAMES, 'U0BOT')).toBe('a b');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('whatever is written, it ends and leaves no mention behind', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '@', '|', '!', '#', 'U', '2', ' ', '&', ';') }),
        (text) => {
          expect(plainText(`${text}<@U2>`, NAMES)).not.toContain('<@U2>');
        },
      ),
    );
  });
});
