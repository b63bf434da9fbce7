import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBeir } from './beir.ts';

const QUERIES = [
  '{"_id":"q1","text":"who?","metadata":{"answers":["Ann"],"answerable":true,"gold_spans":[{"doc_id":"d1","text":"Ann"}],"extra":1}}',
  '{"_id":"q2","text":"and when?","metadata":{"history":[{"question":"who?","answer":"Ann"}],"rewrite":"when did Ann?","answerable":false}}',
  '{"_id":"q3","text":"plain"}',
];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-beir-'));
  await mkdir(join(folder, 'qrels'));
  await writeFile(
    join(folder, 'corpus.jsonl'),
    '{"_id":"d1","title":"T","text":"Ann did."}\n\n{"_id":"d2","text":"Bo"}\n',
  );
  await writeFile(join(folder, 'queries.jsonl'), `${QUERIES.join('\r\n')}\r\n`);
  await writeFile(join(folder, 'qrels', 'dev.tsv'), 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n');
  await writeFile(join(folder, 'qrels', 'train.tsv'), 'query-id\tcorpus-id\tscore\nq3\td2\t1\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function documentsOf(set: Awaited<ReturnType<typeof openBeir>>) {
  const found = [];
  for await (const { uri, title, text } of set.corpora[0]?.documents() ?? []) found.push([uri, title, text]);
  return found;
}

describe('openBeir', () => {
  it('reads documents, metadata and gains, and keeps to its split', async () => {
    const set = await openBeir(folder, 'dev');
    expect(await documentsOf(set)).toEqual([
      ['d1', 'T', 'Ann did.'],
      ['d2', '', 'Bo'],
    ]);
    expect(set.cases.map((item) => item.id)).toEqual(['q1', 'q2']);
    expect(set.cases[0]).toMatchObject({
      answers: ['Ann'],
      goldSpans: [{ docIds: ['d1'], text: 'Ann' }],
      relevance: new Map([
        ['d1', 2],
        ['d2', 0],
      ]),
    });
    expect(set.cases[1]).toMatchObject({ answerable: false, rewrite: 'when did Ann?', relevance: new Map() });
    expect((await openBeir(folder, 'train')).cases.map((item) => item.id)).toEqual(['q2', 'q3']);
  });

  it('reads a packed corpus like a plain one, and its key tells contents apart', async () => {
    const plain = await openBeir(folder, 'dev');
    const key = await plain.corpora[0]?.key();
    expect(await (await openBeir(folder, 'dev')).corpora[0]?.key()).toBe(key);
    await rm(join(folder, 'corpus.jsonl'));
    await writeFile(join(folder, 'corpus.jsonl.gz'), gzipSync('{"_id":"d9","title":"","text":"é"}\n'));
    const packed = await openBeir(folder, 'dev');
    expect(await documentsOf(packed)).toEqual([['d9', '', 'é']]);
    expect(await packed.corpora[0]?.key()).not.toBe(key);
  });

  it('an empty corpus without judgements is a set of questions', async () => {
    await writeFile(join(folder, 'corpus.jsonl'), '');
    await writeFile(join(folder, 'qrels', 'dev.tsv'), 'query-id\tcorpus-id\tscore\n');
    await rm(join(folder, 'qrels', 'train.tsv'));
    const set = await openBeir(folder);
    expect(await documentsOf(set)).toEqual([]);
    expect(set.cases).toHaveLength(3);
  });

  it('says which line does not fit, and which splits there are', async () => {
    await writeFile(join(folder, 'queries.jsonl'), `${QUERIES[0]}\n{"_id":7,"text":"x"}\n`);
    await expect(openBeir(folder, 'dev')).rejects.toThrow(/queries\.jsonl:2 does not fit: _id/);
    await writeFile(join(folder, 'queries.jsonl'), '{"_id"\n');
    await expect(openBeir(folder, 'dev')).rejects.toThrow(/queries\.jsonl:1 is not JSON/);
    await expect(openBeir(folder, 'held')).rejects.toThrow(/no split "held" \(there are: dev, train\)/);
    await rm(join(folder, 'corpus.jsonl'));
    await writeFile(join(folder, 'queries.jsonl'), '');
    await expect(openBeir(folder, 'dev')).rejects.toThrow(/holds no corpus\.jsonl/);
  });
});
