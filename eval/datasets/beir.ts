import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { type LoadedDocument, NO_STRUCTURE } from '../../src/model/document.ts';
import { IbidError } from '../../src/model/errors.ts';
import type { EvalCase, EvalDataset } from './eval-dataset.ts';
import { hashFiles } from './hash-files.ts';
import { readJsonl } from './read-jsonl.ts';
import { readLines } from './read-lines.ts';

const corpusRow = z.object({ _id: z.string(), title: z.string().default(''), text: z.string() });

const queryRow = z.object({
  _id: z.string(),
  text: z.string(),
  metadata: z
    .object({
      answers: z.array(z.string()).default([]),
      forbidden_answers: z.array(z.string()).default([]),
      answerable: z.boolean().default(true),
      gold_spans: z.array(z.object({ doc_id: z.string(), text: z.string() })).default([]),
      history: z.array(z.object({ question: z.string(), answer: z.string() })).default([]),
      rewrite: z.string().optional(),
      article: z.string().optional(),
    })
    .prefault({}),
});

type Gains = Map<string, Map<string, number>>;

/**
 * Opens a data set in BEIR layout: `corpus.jsonl[.gz]`, `queries.jsonl[.gz]`, `qrels/SPLIT.tsv` with a header line.
 * A query belongs to a split that judges it; one that no split judges (an unanswerable one, or a set without a corpus)
 * belongs to every split. Throws `bad_request` for what is missing or does not fit.
 * Source: https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset, with `metadata` as in Ibid's design.
 */
export async function openBeir(directory: string, split?: string): Promise<EvalDataset> {
  const root = resolve(directory);
  const splits = await listSplits(root);
  const chosen = chooseSplit(root, splits, split);
  const gains = await readGains(join(root, 'qrels', `${chosen}.tsv`));
  const elsewhere = new Set<string>();
  for (const other of splits.filter((name) => name !== chosen)) {
    for (const id of (await readGains(join(root, 'qrels', `${other}.tsv`))).keys()) elsewhere.add(id);
  }
  const cases: EvalCase[] = [];
  for await (const row of readJsonl(findFile(root, 'queries.jsonl'), queryRow)) {
    if (gains.has(row._id) || !elsewhere.has(row._id)) cases.push(toCase(row, gains));
  }
  return { name: `${basename(root)}/${chosen}`, corpora: [openCorpus(root)], cases };
}

function openCorpus(root: string): EvalDataset['corpora'][number] {
  const path = findFile(root, 'corpus.jsonl');
  return {
    name: 'corpus',
    key: () => hashFiles(root, [path]),
    async *documents() {
      for await (const row of readJsonl(path, corpusRow)) yield toDocument(row);
    },
  };
}

function toDocument(row: z.infer<typeof corpusRow>): LoadedDocument {
  const { _id: uri, title, text } = row;
  return { uri, title, text, mediaType: 'text/plain', metadata: {}, structure: NO_STRUCTURE };
}

function toCase(row: z.infer<typeof queryRow>, gains: Gains): EvalCase {
  const { answers, forbidden_answers, answerable, gold_spans, history, rewrite, article } = row.metadata;
  return {
    id: row._id,
    question: row.text,
    history,
    answerable,
    answers,
    forbidden: forbidden_answers,
    goldSpans: gold_spans.map((span) => ({ docIds: [span.doc_id], text: span.text })),
    relevance: gains.get(row._id) ?? new Map(),
    ...(rewrite === undefined ? {} : { rewrite }),
    ...(article === undefined ? {} : { topic: article.replaceAll('_', ' ') }),
    tags: [answerable ? 'answerable' : 'unanswerable', ...(history.length > 0 ? ['follow-up'] : [])],
    goldRule: 'share',
    corpus: 'corpus',
  };
}

async function listSplits(root: string): Promise<string[]> {
  const folder = join(root, 'qrels');
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.tsv')).map((name) => name.slice(0, -'.tsv'.length));
}

function chooseSplit(root: string, splits: readonly string[], wanted: string | undefined): string {
  const first = ['test', 'dev', ...splits].find((name) => splits.includes(name));
  const chosen = wanted ?? first;
  if (chosen !== undefined && splits.includes(chosen)) return chosen;
  const there = splits.length === 0 ? 'no qrels/*.tsv is there' : `there are: ${splits.join(', ')}`;
  throw new IbidError(
    'bad_request',
    `${root} has no split "${chosen ?? 'test'}" (${there}). Name one with --split.`,
  );
}

async function readGains(path: string): Promise<Gains> {
  const gains: Gains = new Map();
  for await (const { line, number } of readLines(path)) {
    if (number === 1 && line.startsWith('query-id')) continue;
    const [query, document, score] = line.split('\t');
    const gain = Number(score);
    if (query === undefined || document === undefined || score === undefined || !Number.isFinite(gain)) {
      throw new IbidError(
        'bad_request',
        `${path}:${number} is not "query-id, corpus-id, score" with tabs. Mend that line.`,
      );
    }
    const row = gains.get(query) ?? new Map<string, number>();
    gains.set(query, row.set(document, gain));
  }
  return gains;
}

function findFile(root: string, name: string): string {
  const found = [name, `${name}.gz`].map((file) => join(root, file)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new IbidError(
    'bad_request',
    `${root} holds no ${name} or ${name}.gz. Point --data at a folder in BEIR layout.`,
  );
}
