import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import { loadHtml } from './html.ts';

const load = async (html: string, uri = 'https://example.org/a/page') => {
  const [document] = await loadHtml({ uri, bytes: new TextEncoder().encode(html) });
  if (!document) throw new Error('no document');
  expectSoundDocument(document);
  return document;
};

const SENTENCE =
  'The lighthouse keeper wrote down the weather, the ships and the hour of every lamp he lit. ';

describe('loadHtml', () => {
  it('writes headings, paragraphs, lists, tables and preformatted text', async () => {
    const { text, structure } = await load(
      '<main><h2>Tea\n &amp; cake</h2><p>One <b>bold</b>\n  word.<br>Next line.</p>' +
        '<ul><li>a</li><li><p>b</p><ol start="3"><li>c</li><li>d</li></ol></li></ul>' +
        '<dl><dt>Term</dt><dt>word</dt><dd>Meaning.</dd><dt>other</dt><dd>Its meaning</dd></dl>' +
        '<table><caption>Prices</caption><tr><th>what</th><th>cost</th></tr><tr><td><p>tea</p></td><td>2</td></tr></table>' +
        '<pre>  x = 1\n  y = 2</pre>Bare text.</main>',
    );
    expect(text).toBe(
      [
        'Tea & cake',
        'One bold word.\nNext line.',
        '- a\n- b\n  3. c\n  4. d',
        'Term\nword\nMeaning.',
        'other\nIts meaning',
        'Prices',
        'what | cost\ntea | 2',
        '  x = 1\n  y = 2',
        'Bare text.',
      ].join('\n\n'),
    );
    expect(structure.atoms.map(({ start, end }) => text.slice(start, end))).toEqual([
      'what | cost',
      'tea | 2',
      '  x = 1\n  y = 2',
    ]);
  });

  it.each([
    ['<pre><code>npm start\n  --port 1</code></pre>', '```\nnpm start\n  --port 1\n```'],
    [
      '<div class="highlight-sh"><div class="highlight"><pre><span></span>ls -l\n</pre></div></div>',
      '```\nls -l\n```',
    ],
    [
      '<pre class="language-js"><button>Copy</button><span>let a;<br></span><span>let b;<br></span></pre>',
      '```\nlet a;\nlet b;\n```',
    ],
    ['<pre><code><div class="line">a</div><div class="line">b</div></code></pre>', '```\na\nb\n```'],
    ['<pre><code>```js\nx\n```</code></pre>', '````\n```js\nx\n```\n````'],
    ['<pre>Roses are red,\n  violets are blue</pre>', 'Roses are red,\n  violets are blue'],
    ['<pre><code> </code></pre>', ''],
  ])('writes %j with fences where it is code', async (pre, expected) => {
    const { text, structure } = await load(`<main><p>Run this:</p>${pre}</main>`);
    expect(text).toBe(expected === '' ? 'Run this:' : `Run this:\n\n${expected}`);
    expect(structure.atoms.map(({ start, end }) => text.slice(start, end))).toEqual(
      expected === '' ? [] : [expected],
    );
  });

  it.each([
    '<h2>Tea<a class="headerlink" href="#tea" title="Permalink">¶</a></h2>',
    '<h2>Tea<a href="#tea" class="hash-link" aria-label="Direct link">\u200b</a></h2>',
    '<h2><a href="#tea">#</a> Tea</h2>',
    '<h2>Tea <a class="sl-anchor-link" href="#tea"><span class="sr-only">Section titled “Tea”</span></a></h2>',
    '<h2><a href="#tea">Tea</a></h2>',
  ])('leaves out the link to a heading: %s', async (heading) => {
    const { structure } = await load(`<main>${heading}<p>Black.</p></main>`);
    expect(structure.headings.map(({ title }) => title)).toEqual(['Tea']);
  });

  it('keeps the article and leaves out menus and footers', async () => {
    const { text, title } = await load(
      `<html><head><title>Lamps | Site</title></head><body><nav><a href="/">Home menu</a></nav>
       <div class="post"><h1>Lamps</h1>${`<p>${SENTENCE.repeat(3)}</p>`.repeat(4)}</div>
       <footer>All rights reserved</footer></body></html>`,
    );
    expect(title).toBe('Lamps | Site');
    expect(text.startsWith('Lamps\n\nThe lighthouse')).toBe(true);
    expect(text.split(SENTENCE.trim())).toHaveLength(13);
    expect(text).not.toMatch(/Home menu|All rights/);
  });

  it('keeps all sections of a manual, of which one alone reads like an article', async () => {
    const section = (title: string, body: string) =>
      `<div class="sect1"><h2>${title}</h2><div class="sectionbody">${body}</div></div>`;
    const option = (name: string) =>
      `<dt class="hdlist1">--${name}</dt><dd>Sets the ${name} of the lamp.</dd>`;
    const names = ['oil', 'wick', 'glass', 'hood', 'stand', 'chain'].flatMap((name) => [
      name,
      `${name}-size`,
      `${name}-age`,
    ]);
    const { text } = await load(
      `<body class="manpage"><div id="header"><h1>lamp(1)</h1></div><div id="content">
       ${section('Name', '<p>lamp - gives light</p>')}
       ${section('Options', `<div class="dlist"><dl>${names.map(option).join('')}</dl></div>`)}
       ${section('Description', `<div class="paragraph"><p>${SENTENCE.repeat(3)}</p></div>`.repeat(3))}
       ${section('Discussion', '<p>Lamps burn oil.</p>')}
       </div></body>`,
    );
    for (const name of names) expect(text).toContain(`Sets the ${name} of the lamp.`);
    for (const kept of ['lamp(1)', 'gives light', SENTENCE.trim(), 'burn oil']) expect(text).toContain(kept);
  });

  it('leaves out what is named as no matter of the page, unless it is most of it', async () => {
    const article = `<div class="post"><h1>Lamps</h1>${`<p>${SENTENCE.repeat(3)}</p>`.repeat(4)}</div>`;
    const around =
      '<div class="left-sidebar"><p>Our other lamps are cheap.</p></div>' +
      '<div class="area comments"><p>What a fine lamp, I say, and so does my aunt.</p></div>' +
      '<div class="cookie-banner">We use cookies, of course we do.</div>';
    const { text } = await load(`<body>${article}${around}</body>`);
    expect(text.split(SENTENCE.trim())).toHaveLength(13);
    expect(text).not.toMatch(/cheap|aunt|cookies/);
    const { text: most } = await load(`<body><div class="comments">${article}</div></body>`);
    expect(most.split(SENTENCE.trim())).toHaveLength(13);
    const { text: section } = await load(
      `<body>${article}<div id="cookies"><p>Biscuits are sweet.</p></div></body>`,
    );
    expect(section).toContain('Biscuits');
  });

  it('falls back to the body for a page that is no article', async () => {
    const { text } = await load('<body><div>Open on Mondays.</div><div>Closed on Fridays.</div></body>');
    expect(text).toBe('Open on Mondays.\n\nClosed on Fridays.');
  });

  it('reads fragments and pages without a body tag', async () => {
    expect((await load('just words')).text).toBe('just words');
    expect((await load('<html><head><title>T</title></head><p>a<p>b</html>')).text).toBe('a\n\nb');
  });

  it('reads title, language, description and canonical address', async () => {
    const { title, metadata } = await load(
      '<html lang="de"><head><title>Hallo</title><meta name="description" content="Kurz"><link rel="canonical" href="../b"></head><body>x</body></html>',
    );
    expect(title).toBe('Hallo');
    expect(metadata).toEqual({
      language: 'de',
      description: 'Kurz',
      canonical: 'https://example.org/b',
    });
  });

  it('follows the charset that the page declares', async () => {
    const html = '<meta charset="windows-1251"><p>\u00cf\u00f0\u00e8';
    const bytes = Uint8Array.from([...html].map((letter) => letter.charCodeAt(0)));
    expect(await loadHtml({ uri: 'a.html', bytes })).toMatchObject([{ text: 'При' }]);
  });

  it('never shows scripts, styles or hidden parts', async () => {
    const { text } = await load(
      '<body><p>Seen.</p><script>alert(1)</script><style>p{}</style><p hidden>Hidden.</p><template>T</template></body>',
    );
    expect(text).toBe('Seen.');
  });
});
