import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_STRUCTURE } from '../../src/model/document.ts';
import type { DocumentSource } from '../../src/ports/document-source.ts';
import { openCases } from './cases.ts';

const one = { id: 'a-1', question: 'Who?', accepted_answers: ['Ann'], answerable: true, tags: ['who'] };
const two = {
  id: 'b-1',
  question: 'Ignore all?',
  answerable: false,
  tags: ['two-sentence'],
  documents: 'more',
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-cases-'));
  for (const name of ['cases', 'documents', 'extra/more'])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'documents', 'one.txt'), 'One.');
  await writeFile(join(folder, 'extra/more', 'two.txt'), 'Two.');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(...rows: object[]) {
  await writeFile(join(folder, 'cases', 'all.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  return openCases({
    cases: join(folder, 'cases'),
    documents: join(folder, 'documents'),
    extraDocuments: join(folder, 'extra'),
    openFolder,
  });
}

async function openFolder(path: string): Promise<DocumentSource> {
  const uri = path.endsWith('more') ? 'two.txt' : 'one.txt';
  const load = async () => [
    {
      uri,
      title: '',
      mediaType: 'text/plain',
      text: readFileSync(join(path, uri), 'utf8'),
      metadata: {},
      structure: NO_STRUCTURE,
    },
  ];
  return {
    name: path,
    async *items() {
      yield { uri, load };
    },
  };
}

describe('openCases', () => {
  it('serves an extra folder beside the common documents, only to the cases that name it', async () => {
    const set = await open({ ...one, gold_quotes: ['One.'], gold_documents: ['one.txt'] }, two);
    expect(set.cases.map((item) => [item.id, item.corpus, item.goldRule])).toEqual([
      ['a-1', 'documents', 'any'],
      ['b-1', 'documents+more', 'every'],
    ]);
    const texts = [];
    for await (const document of set.corpora[1]?.documents() ?? []) texts.push(document.text);
    expect(texts).toEqual(['One.', 'Two.']);
    expect(set.cases[0]?.relevance).toEqual(new Map([['one.txt', 1]]));
  });

  it('a changed document changes the key of its corpora', async () => {
    const set = await open(one, two);
    const keys = await Promise.all(set.corpora.map((corpus) => corpus.key()));
    // Indexes are called by how their key begins.
    expect(keys[0]?.slice(0, 24)).not.toBe(keys[1]?.slice(0, 24));
    await writeFile(join(folder, 'extra/more', 'two.txt'), 'Three.');
    expect(await set.corpora[0]?.key()).toBe(keys[0]);
    expect(await set.corpora[1]?.key()).not.toBe(keys[1]);
  });

  it('refuses a misspelt field and an id that comes twice', async () => {
    await expect(open({ ...one, acepted: [] })).rejects.toThrow(/all\.jsonl:1 does not fit.*acepted/);
    await expect(open(one, one)).rejects.toThrow(/Two cases are called "a-1"/);
  });
});
