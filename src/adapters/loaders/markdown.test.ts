import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import { loadMarkdown } from './markdown.ts';

const load = async (source: string, uri = 'notes/plan.md') => {
  const [document] = await loadMarkdown({ uri, bytes: new TextEncoder().encode(source) });
  if (!document) throw new Error('no document');
  const { text, structure } = document;
  return { ...document, atoms: structure.atoms.map(({ start, end }) => text.slice(start, end)) };
};

describe('loadMarkdown', () => {
  it('keeps the source as text and finds its headings', async () => {
    const source = '# One *two*\n\nSome `code`.\n\nThree\n-----\n\n```\n# not a heading\n```';
    const { text, title, structure } = await load(`${source}\n\n`);
    expect(text).toBe(source);
    expect(title).toBe('One two');
    expect(structure.headings.map(({ title: name, level }) => [name, level])).toEqual([
      ['One two', 1],
      ['Three', 2],
    ]);
    expect(structure.headings.map(({ start, end }) => text.slice(start, end))).toEqual([
      '# One *two*',
      'Three\n-----',
    ]);
  });

  it('makes atoms of code, preformatted HTML, link definitions and single table rows', async () => {
    const { atoms } = await load(
      'A.\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n\n```js\nlet x;\n```\n\n<pre>\nz\n</pre>\n\n- item\n\n      indented code\n\n[1]: http://example.org',
    );
    expect(atoms).toEqual([
      '| a | b |\n|---|---|',
      '| c | d |',
      '| e | f |',
      '```js\nlet x;\n```',
      '<pre>\nz\n</pre>',
      '    indented code',
      '[1]: http://example.org',
    ]);
  });

  it('leaves the imports and exports of MDX out, and of nothing else', async () => {
    const code = '```js\nimport a from "a";\n```';
    const imports =
      'import Tabs from "@theme/Tabs";\nimport {\n  Item,\n} from \'./item\';\n\nimport "./style.css"';
    const prose = 'import duties are low.\n\nexport is easy. - export default';
    const source = `---\ntitle: Quays\n---\n${imports}\n\nexport const depth = 9;\n\n# Quays\n\n${prose}\n\n${code}`;
    const { text } = await load(source, 'quays.mdx');
    expect(text.replace(/\n{2,}/g, '\n\n')).toBe(`# Quays\n\n${prose}\n\n${code}`);
    expect((await load(imports)).text).toBe(imports);
  });

  it('leaves comments out, which no reader of the document sees', async () => {
    const { text } = await load(
      'Before.<!-- not this --> After.\n\n<!-- nor\n\nthis --> but this.\n\n`<!-- code -->`\n\n<!-- open to the end\n\nHidden.',
    );
    expect(text).toBe('Before. After.\n\n but this.\n\n`<!-- code -->`');
  });

  it('leaves tags out, which no reader sees, and keeps their words apart', async () => {
    const { text, structure } = await load(
      [
        '# <a name="top"></a>Quays <img src="q.svg" alt="a > b">',
        'The <b>old</b> quay<br>is long: H<sub>2</sub>O, [2]<sup>a</sup>. A `<b>` is bold, a Map<string> is none.',
        '| <a id="opt" href=\'#opt\' title="#opt">`depth`</a> | in metres.<br /> 0 is **dry**. |\n|---|---|\n| a<br/>b | c |',
        '<details>\n  <summary>More</summary>\n\nHidden at first.\n\n</details>',
        '<table>\n  <tr><td>Deep</td><td>9 m</td></tr>\n  <style>td { color: red }</style>\n</table>',
        '<p align="center">\n  <img\n    src="q.svg"\n    alt=""\n  >\n  One quay.\n</p>',
        '```html\n<div>kept</div>\n```',
      ].join('\n\n'),
    );
    expect(text.replace(/[^\S\n]*\n\s*\n/g, '\n\n')).toBe(
      [
        '# Quays',
        'The old quay is long: H2O, [2]a. A `<b>` is bold, a Map<string> is none.',
        '| `depth` | in metres. 0 is **dry**. |\n|---|---|\n| a b | c |',
        'More',
        'Hidden at first.',
        'Deep 9 m',
        'One quay.',
        '```html\n<div>kept</div>\n```',
      ].join('\n\n'),
    );
    expect(structure.headings.map(({ title }) => title)).toEqual(['Quays']);
  });

  it('leaves components out of MDX alone', async () => {
    const source = '<Tabs groupId="os">\n<TabItem value="mac">\n\nPress start.\n\n</TabItem>\n</Tabs>';
    expect((await load(source, 'start.mdx')).text).toBe('Press start.');
    expect((await load(source)).text).toBe(source);
  });

  it('takes no longer for tags that do not end', async () => {
    const source = `${'<a "'.repeat(20_000)}\n\n<div ${'x="'.repeat(20_000)}`;
    expect((await load(source)).text).toBe(source);
  });

  it('turns front matter into metadata and leaves it out of the text', async () => {
    const front =
      '---\ntitle: The Plan\ntags: [a, 2]\ndraft: false\nyear: 2024\ndate: 2024-05-01\nowner:\n  name: Kim\nnone:\n---\n';
    const { text, title, metadata, structure } = await load(`${front}\n\n# Head\n\nBody.`);
    expect(text).toBe('# Head\n\nBody.');
    expect(title).toBe('The Plan');
    expect(structure.headings[0]?.start).toBe(0);
    expect(metadata).toEqual({
      title: 'The Plan',
      tags: ['a', '2'],
      draft: false,
      year: 2024,
      date: '2024-05-01',
      'owner.name': 'Kim',
    });
  });

  it('takes text between two rules for text', async () => {
    const source = '---\nJust a line.\n---\n\nMore.';
    expect((await load(source)).text).toBe(source);
  });

  it('says where front matter is no YAML', async () => {
    await expect(load('---\ntitle: "open\nx: [1\n---\nBody.')).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringMatching(/^The front matter is no valid YAML \(.*line/),
    });
  });

  it('is named after its file where no heading names it', async () => {
    expect((await load('Body.')).title).toBe('plan');
  });

  it('stays sound on any mixture of Markdown', async () => {
    const piece = fc.constantFrom(
      '# ',
      '## a',
      '\n',
      '\n\n',
      '---\n',
      '| a | b |\n|---|---|\n| c |\n',
      '```\n',
      '<b>',
      '<br>',
      '<div>\n  x</div>\n',
      '- ',
      '> ',
      '    x',
      'e\u0301',
      '\r\n',
      '===\n',
      '[1]: x\n',
      'word ',
      '\u0000',
      'key: v\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
        const outcome = await load(pieces.join('')).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome.message).toContain('front matter');
        else expectSoundDocument(outcome as Awaited<ReturnType<typeof load>>);
      }),
    );
  });
});
