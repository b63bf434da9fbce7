import { expect } from 'vitest';
import type { LoadedDocument } from '../model/document.ts';
import { normaliseText } from '../model/normalise.ts';

/** Checks what every loader owes: text in normal form, and a structure whose offsets fit that text. */
export function expectSoundDocument({ text, title, structure }: LoadedDocument): void {
  expect(normaliseText(text)).toBe(text);
  expect(title.trim()).not.toBe('');
  let end = 0;
  for (const heading of structure.headings) {
    expect(heading.start).toBeGreaterThanOrEqual(end);
    expect(heading.end).toBeLessThanOrEqual(text.length);
    expect(heading.level).toBeGreaterThanOrEqual(1);
    expect(heading.level).toBeLessThanOrEqual(6);
    const before = text.slice(text.lastIndexOf('\n', heading.start - 1) + 1, heading.start);
    expect(before.trim()).toBe('');
    // Markup may stand within a word: `a[1]` reads "a1" where [1] is a link, `a<b>c` reads "ac".
    const [firstWord = ''] = /[\p{L}\p{N}]+/u.exec(heading.title) ?? [];
    const line = text.slice(heading.start, heading.end);
    expect([lettersOf(line), lettersOf(line.replace(/<[^>]*>/g, ''))].join(' ')).toContain(firstWord);
    end = heading.end;
  }
  end = 0;
  for (const atom of structure.atoms) {
    expect(atom.start).toBeGreaterThanOrEqual(end);
    expect(atom.end).toBeGreaterThan(atom.start);
    expect(atom.end).toBeLessThanOrEqual(text.length);
    end = atom.end;
  }
  let previous = { start: -1, number: 0 };
  for (const page of structure.pages) {
    expect(page.start).toBeGreaterThan(previous.start);
    expect(page.number).toBeGreaterThan(previous.number);
    expect(page.start).toBeLessThan(text.length);
    previous = page;
  }
}

function lettersOf(line: string): string {
  return line.replace(/[^\p{L}\p{N}]+/gu, '');
}
