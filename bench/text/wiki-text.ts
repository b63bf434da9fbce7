import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { readJsonl } from '../../eval/datasets/read-jsonl.ts';
import { IbidError } from '../../src/model/errors.ts';
import type { BenchText } from './bench-text.ts';

const documentRow = z.object({ _id: z.string(), title: z.string().default(''), text: z.string() });
const questionRow = z.object({ _id: z.string(), text: z.string() });

/** Real text: `corpus.jsonl[.gz]` and `queries.jsonl` of a folder in BEIR layout. Throws `bad_request` where they are not. */
export function wikiText(folder: string): BenchText {
  const corpus = ['corpus.jsonl.gz', 'corpus.jsonl'].map((name) => join(folder, name)).find(existsSync);
  const queries = join(folder, 'queries.jsonl');
  if (corpus === undefined || !existsSync(queries)) {
    throw new IbidError(
      'bad_request',
      `${folder} holds no corpus.jsonl.gz and queries.jsonl. Name a folder that does in IBID_BENCH_DATA, or unset it to use generated text.`,
    );
  }
  return {
    name: basename(folder),
    key: `${basename(folder)}-${statSync(corpus).size}`,
    async documents(from, count) {
      const rows = await take(readJsonl(corpus, documentRow), from, count);
      return rows.map(({ _id, title, text }) => ({ id: _id, title, text }));
    },
    async questions(count) {
      const rows = await take(readJsonl(queries, questionRow), 0, count);
      return rows.map((row) => row.text);
    },
  };
}

async function take<Row>(rows: AsyncIterable<Row>, from: number, count: number): Promise<Row[]> {
  const taken: Row[] = [];
  let position = 0;
  for await (const row of rows) {
    if (position >= from + count) break;
    if (position >= from) taken.push(row);
    position += 1;
  }
  return taken;
}
