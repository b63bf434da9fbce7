import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Heading, NO_STRUCTURE, type Span, type Structure } from '../model/document.ts';
import { splitDocument } from './split.ts';

const countTokens = (text: string): number => text.match(/\S+/g)?.length ?? 0;
const options = { maxTokens: 64, countTokens, targetTokens: 30 };

function sentence(words: number, name = 'word'): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)} ${Array.from({ length: words - 1 }, () => name).join(' ')}.`;
}

function structured(parts: readonly { text: string; level?: number; atom?: boolean; page?: number }[]) {
  let text = '';
  const headings: Heading[] = [];
  const atoms: Span[] = [];
  const pages: { start: number; number: number }[] = [];
  for (const part of parts) {
    if (text !== '') text += '\n\n';
    const span = { start: text.length, end: text.length + part.text.length };
    if (part.page !== undefined) pages.push({ start: span.start, number: part.page });
    if (part.level !== undefined) headings.push({ ...span, level: part.level, title: part.text });
    if (part.atom) atoms.push(span);
    text += part.text;
  }
  return { text, title: 'Guide', structure: { headings, pages, atoms } satisfies Structure };
}

describe('splitDocument', () => {
  test('passages carry the headings they stand under, and the headings are no part of their text', () => {
    const document = structured([
      { text: sentence(50, 'preface') },
      { text: 'Setup', level: 1 },
      { text: 'Linux', level: 2 },
      { text: sentence(45, 'apt') },
      { text: 'Use', level: 1 },
      { text: sentence(45, 'run') },
    ]);
    const passages = splitDocument(document, options);
    expect(passages.map(({ headings }) => headings)).toEqual([[], ['Setup', 'Linux'], ['Use']]);
    expect(passages.map(({ context }) => context)).toEqual(['Guide', 'Guide > Setup > Linux', 'Guide > Use']);
    expect(passages[1]?.text).toBe(sentence(45, 'apt'));
  });

  test('a heading with nothing under it is a passage', () => {
    const document = structured([
      { text: 'Closed on Sundays', level: 1 },
      { text: 'Free entry', level: 1 },
    ]);
    expect(splitDocument(document, options).map(({ text }) => text)).toEqual([
      'Closed on Sundays',
      'Free entry',
    ]);
  });

  test('whole paragraphs are packed up to the target', () => {
    const document = structured([10, 10, 10, 28].map((words) => ({ text: sentence(words) })));
    expect(splitDocument(document, options).map(({ sentences }) => sentences.length)).toEqual([3, 1]);
  });

  test('what introduces code or a list stays with it', () => {
    const document = structured([
      { text: sentence(12) },
      { text: 'So it is done:' },
      { text: sentence(16, 'code'), atom: true },
    ]);
    expect(splitDocument(document, options).map(({ sentences }) => sentences.length)).toEqual([1, 2]);
    const filled = structured([
      { text: `${sentence(17)} So it is done:` },
      { text: sentence(20), atom: true },
    ]);
    expect(splitDocument(filled, options).map(({ sentences }) => sentences.length)).toEqual([1, 2]);
  });

  test('a paragraph over the target is cut between sentences', () => {
    const text = Array.from({ length: 10 }, () => sentence(12)).join(' ');
    const passages = splitDocument({ text, title: '', structure: NO_STRUCTURE }, options);
    expect(passages.length).toBeGreaterThan(2);
    for (const passage of passages) expect(passage.text).toMatch(/^Word.*\.$/);
  });

  test('a tiny rest joins the passage before it', () => {
    const document = structured([{ text: sentence(28) }, { text: sentence(5) }]);
    expect(splitDocument(document, options)).toHaveLength(1);
  });

  test('a passage belongs to one page where pages are long enough', () => {
    const document = structured([
      { text: `${sentence(20)} ${sentence(9)}`, page: 3 },
      { text: sentence(6), page: 4 },
      { text: sentence(6) },
    ]);
    const passages = splitDocument(document, options);
    expect(passages.map(({ page }) => page)).toEqual([3, 4]);
    expect(passages[1]?.sentences).toHaveLength(2);
  });

  test('an atom is kept whole, full stops and all', () => {
    const code = 'run. Stop. Run\n\nagain. Stop';
    const document = structured([{ text: sentence(5) }, { text: code, atom: true }, { text: sentence(5) }]);
    const [passage] = splitDocument(document, options);
    expect(passage?.sentences.map(({ start, end }) => document.text.slice(start, end))).toContain(code);
  });

  test('a sentence longer than the budget is cut at a clause', () => {
    const clause = `${Array.from({ length: 39 }, () => 'word').join(' ')} end,`;
    const text = `${clause} ${clause} ${clause}`;
    const passages = splitDocument({ text, title: '', structure: NO_STRUCTURE }, options);
    expect(passages.map((passage) => passage.text)).toEqual([clause, clause, clause]);
  });

  test('a word longer than the budget is cut, but no character is', () => {
    const text = '😀'.repeat(500);
    const countCharacters = (part: string): number => [...part].length;
    const passages = splitDocument(
      { text, title: '', structure: NO_STRUCTURE },
      { maxTokens: 64, countTokens: countCharacters },
    );
    for (const passage of passages) expect(passage.text).toMatch(/^(?:😀)+$/u);
    expect(passages.map((passage) => passage.text).join('')).toBe(text);
  });

  test('a long context is capped and leaves room for the text', () => {
    const document = structured([
      { text: sentence(60, 'title'), level: 1 },
      { text: sentence(60, 'inner'), level: 2 },
      { text: sentence(50) },
    ]);
    for (const { context, text } of splitDocument(document, options)) {
      expect(countTokens(context)).toBeLessThanOrEqual(33);
      expect(countTokens(context) + countTokens(text)).toBeLessThanOrEqual(62);
    }
  });

  test('passages slice exactly, ascend, keep the budget and hold all text but headings', () => {
    const part = fc.record(
      {
        text: fc
          .oneof(
            fc.lorem({ maxCount: 8, mode: 'sentences' }),
            fc.string({ maxLength: 80 }),
            fc.constant(sentence(150)),
          )
          .map((text) => text.replace(/\s*\n\s*/g, ' ').trim())
          .filter((text) => text !== ''),
        level: fc.integer({ min: 1, max: 6 }),
        atom: fc.boolean(),
        page: fc.boolean(),
      },
      { requiredKeys: ['text'] },
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const document = structured(
          parts.map(({ page, level, atom, text }, index) => ({
            text,
            ...(page ? { page: index + 1 } : {}),
            ...(level === undefined ? (atom ? { atom } : {}) : { level }),
          })),
        );
        expectSound(document);
      }),
      { numRuns: 200 },
    );
  });

  test('tokens are counted about once for each sentence, however long the text', () => {
    const count = (sentences: number): number => {
      let characters = 0;
      const text = Array.from(
        { length: sentences },
        (_, n) => sentence(9) + (n % 7 === 0 ? '\n\n' : ' '),
      ).join('');
      splitDocument(
        { text, title: 'Guide', structure: NO_STRUCTURE },
        {
          maxTokens: 256,
          countTokens: (part) => {
            characters += part.length;
            return countTokens(part);
          },
        },
      );
      return characters / text.length;
    };
    expect(count(200)).toBeLessThan(1.1);
    expect(count(20_000)).toBeLessThan(1.1);
  });
});

function expectSound(document: { text: string; title: string; structure: Structure }): void {
  const { text, structure } = document;
  const covered = new Uint8Array(text.length);
  let cursor = 0;
  for (const passage of splitDocument(document, options)) {
    expect(text.slice(passage.start, passage.end)).toBe(passage.text);
    expect(passage.start).toBeGreaterThanOrEqual(cursor);
    expect(passage.text.trim()).toBe(passage.text);
    expect(countTokens(passage.text) + countTokens(passage.context)).toBeLessThanOrEqual(
      options.maxTokens - 2,
    );
    let inside = passage.start;
    for (const span of passage.sentences) {
      expect(text.slice(inside, span.start).trim()).toBe('');
      expect(span.end).toBeGreaterThan(span.start);
      inside = span.end;
    }
    expect(inside).toBe(passage.end);
    const page = structure.pages.findLast(({ start }) => start <= passage.start)?.number;
    expect(passage.page).toBe(page);
    covered.fill(1, passage.start, passage.end);
    cursor = passage.end;
  }
  for (const { start, end } of structure.headings) covered.fill(1, start, end);
  for (let at = 0; at < text.length; at++) {
    if (/\S/.test(text[at] ?? '')) expect(covered[at], `character ${at} of ${JSON.stringify(text)}`).toBe(1);
  }
}
