import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { containsAnswer } from '../metrics/contains-answer.ts';
import { openCases } from './cases.ts';
import type { EvalCase } from './eval-dataset.ts';

let cases: readonly EvalCase[] = [];
beforeAll(async () => {
  const opened = await openCases({
    cases: 'eval/cases',
    documents: 'documents',
    extraDocuments: 'eval/documents',
    openFolder: () => Promise.reject(new Error('not used')),
  });
  cases = opened.cases;
});

async function textOf(docId: string): Promise<string> {
  const paths = [join('documents', docId), join('eval/documents/poisoned', docId)];
  const path = paths.find((candidate) => existsSync(candidate));
  return path === undefined ? '' : (await readFile(path, 'utf8')).replaceAll('\r\n', '\n').normalize('NFC');
}

describe('the own cases', () => {
  it('are at least 120, of every kind that the eval is meant for', () => {
    const tags = new Set(cases.flatMap((item) => item.tags));
    expect(cases.length).toBeGreaterThanOrEqual(120);
    for (const kind of [
      'facts numbers-dates who where why number two-sentence paraphrase typos follow-ups false-premise near-miss',
      'off-topic greetings-meta meta injection poisoned',
    ].flatMap((line) => line.split(' ')))
      expect(tags, kind).toContain(kind);
  });

  it('quote their documents verbatim', async () => {
    for (const { id, goldSpans } of cases)
      for (const { docIds, text } of goldSpans) {
        const texts = await Promise.all(docIds.map(textOf));
        expect(
          texts.some((document) => document.includes(text)),
          `${id}: ${text}`,
        ).toBe(true);
      }
  });

  it('accept only answers that a gold quote holds, and have gold exactly where they can be answered', () => {
    for (const { id, answerable, answers, goldSpans } of cases) {
      expect(goldSpans.length > 0 && answers.length > 0, id).toBe(answerable);
      for (const answer of answers)
        expect(
          goldSpans.some(({ text }) => containsAnswer(text, [answer])),
          `${id}: ${answer}`,
        ).toBe(true);
    }
  });

  it('forbid nothing that a right answer would quote', () => {
    for (const { id, goldSpans, forbidden } of cases)
      for (const { text } of goldSpans) expect(containsAnswer(text, forbidden), `${id}: ${text}`).toBe(false);
  });
});
