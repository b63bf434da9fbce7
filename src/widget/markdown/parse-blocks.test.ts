import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlocks } from './parse-blocks.ts';
import type { Block, Inline } from './syntax.ts';

/** What a block says, in brief. */
function brief(block: Block): unknown {
  switch (block.type) {
    case 'list':
      return {
        [block.first === undefined ? 'ul' : `ol${block.first}`]: block.items.map((item) => item.map(brief)),
      };
    case 'table':
      return { table: [block.head, ...block.rows].map((row) => row.map((cell) => cell.map(words).join(''))) };
    case 'code':
      return { code: block.text };
    case 'quote':
      return { quote: block.children.map(brief) };
    default:
      return block.children.map(words).join('');
  }
}

function words(part: Inline): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'code':
      return `‹${part.text}›`;
    case 'break':
      return '⏎';
    case 'link':
      return `[${part.children.map(words).join('')}→${part.href}]`;
    default:
      return `${part.type[0]}(${part.children.map(words).join('')})`;
  }
}

const read = (text: string) => parseBlocks(text).map(brief);

describe('Markdown', () => {
  it('knows paragraphs, headings, lists, quotes, code and tables', () => {
    expect(read('One\ntwo\n\nThree')).toEqual(['One\ntwo', 'Three']);
    expect(read('## Title\nText')).toEqual(['Title', 'Text']);
    expect(read('- a\n- b\n  - c\n- d')).toEqual([{ ul: [['a'], ['b', { ul: [['c']] }], ['d']] }]);
    expect(read('3. a\n4. b\n\n   more')).toEqual([{ ol3: [['a'], ['b', 'more']] }]);
    expect(read('> said\n> twice\n\nafter')).toEqual([{ quote: ['said\ntwice'] }, 'after']);
    expect(read('```js\nlet a;\n\n```\nafter')).toEqual([{ code: 'let a;\n' }, 'after']);
    expect(read('```\nnever closed')).toEqual([{ code: 'never closed' }]);
    expect(read('| a | b |\n|---|--:|\n| 1 | x\\|y |\n| 2 |\nafter')).toEqual([
      {
        table: [
          ['a', 'b'],
          ['1', 'x|y'],
          ['2', ''],
        ],
      },
      'after',
    ]);
  });

  it('knows bold, emphasis, code, line breaks and escapes within them', () => {
    expect(read('a **b _c_** `d*e*` \\*f\\* g  \nh')).toEqual(['a s(b e(c)) ‹d*e*› *f* g⏎h']);
    expect(read('snake_case_name and 2 * 3 * 4 and **open')).toEqual([
      'snake_case_name and 2 * 3 * 4 and **open',
    ]);
    expect(read('``a`b``')).toEqual(['‹a`b›']);
  });

  it('follows http, https, mailto and tel, and leaves all else as text', () => {
    expect(read('[a](https://b.example/c_(d)) <https://e.example> see https://f.example/g.')).toEqual([
      '[a→https://b.example/c_(d)] [https://e.example→https://e.example/] see [https://f.example/g→https://f.example/g].',
    ]);
    expect(read('[m](mailto:a@b.example) [t](tel:+1)')).toEqual(['[m→mailto:a@b.example] [t→tel:+1]']);
    for (const target of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '/here',
      'file:///etc',
    ]) {
      expect(JSON.stringify(parseBlocks(`[a](${target})`))).not.toContain('"link"');
    }
  });

  it('says of a link within the documents its words alone', () => {
    expect(
      read('See [`open`](#open), [**here**](./a/b.md#c), [there](Guide.md "t") and [up](../x).'),
    ).toEqual(['See l(‹open›), l(s(here)), l(there) and l(up).']);
    for (const text of ['a[i](j)', '[a](x:y.md)', '[a](//b.example/c)']) expect(read(text)).toEqual([text]);
  });

  it('knows where each piece of text stands', () => {
    const piece = fc.constantFrom(
      'word',
      ' ',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '**',
      '_',
      '`',
      '```\n',
      '| a | b |\n|--|--|\n',
      '> ',
      '# ',
      '[',
      '](',
      ')',
      'https://a.example',
      '\\',
      '  ',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        (text) => {
          const blocks = parseBlocks(text);
          for (const part of plainOf(blocks))
            expect(text.slice(part.start, part.start + part.text.length)).toBe(part.text);
          for (const block of blocks) expect(block.end).toBeGreaterThanOrEqual(block.start);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps every letter that is no sign, whatever surrounds it', () => {
    const line = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '*', '_', '|', '-', '>', '#', '1', '.'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        line.map((characters) => characters.join('')),
        (text) => {
          const letters = [...text].filter((letter) => /[ab]/.test(letter)).join('');
          const shown = JSON.stringify(read(text))
            .replace(/\\n/g, '')
            .replace(/"(?:ul|ol\d+|table|code|quote)"|[se]\(/g, '');
          expect([...shown].filter((letter) => /[ab]/.test(letter)).join('')).toBe(letters);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** All text of blocks that says where it stands. */
function plainOf(value: unknown): { text: string; start: number }[] {
  if (Array.isArray(value)) return value.flatMap(plainOf);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text, start } = value as { type?: string; text?: string; start?: number };
  if (type === 'text' && text !== undefined && start !== undefined) return [{ text, start }];
  return Object.values(value).flatMap(plainOf);
}
