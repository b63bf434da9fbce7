import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { LoadedDocument } from '../../src/model/document.ts';
import { IbidError } from '../../src/model/errors.ts';
import { sha256Hex } from '../../src/model/hash.ts';
import type { DocumentSource } from '../../src/ports/document-source.ts';
import type { EvalCase, EvalCorpus, EvalDataset } from './eval-dataset.ts';
import { hashFiles } from './hash-files.ts';
import { readJsonl } from './read-jsonl.ts';

/** A line of `eval/cases/*.jsonl`; README.md beside it explains the fields. */
const caseRow = z.strictObject({
  id: z.string().min(1),
  question: z.string().min(1),
  history: z.array(z.object({ question: z.string(), answer: z.string() })).default([]),
  gold_quotes: z.array(z.string()).default([]),
  gold_documents: z.array(z.string()).default([]),
  accepted_answers: z.array(z.string()).default([]),
  forbidden_answers: z.array(z.string()).default([]),
  answerable: z.boolean(),
  tags: z.array(z.string()).default([]),
  documents: z.string().optional(),
  /** For people. */
  note: z.string().optional(),
});

export interface CasesOptions {
  /** Folder of `*.jsonl`. */
  readonly cases: string;
  /** Folder that every case is asked of. */
  readonly documents: string;
  /** Folder of the extra folders that a case may name; its documents are added to the common ones. */
  readonly extraDocuments: string;
  readonly openFolder: (path: string) => Promise<DocumentSource>;
}

/** The owner's own cases; throws `bad_request` for a row that does not fit or an id that comes twice. */
export async function openCases(options: CasesOptions): Promise<EvalDataset> {
  const rows = await readRows(options.cases);
  const extras = new Set(rows.map((row) => row.documents));
  const corpora = [...extras].map((extra) => openCorpus(options, extra));
  return { name: 'own', corpora, cases: rows.map(toCase) };
}

async function readRows(folder: string): Promise<z.infer<typeof caseRow>[]> {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith('.jsonl')) : [];
  if (names.length === 0) {
    throw new IbidError(
      'bad_request',
      `${folder} holds no *.jsonl. Write cases there or name a data set with --data.`,
    );
  }
  const rows = new Map<string, z.infer<typeof caseRow>>();
  for (const name of names.sort()) {
    for await (const row of readJsonl(join(folder, name), caseRow)) {
      if (rows.has(row.id))
        throw new IbidError('bad_request', `Two cases are called "${row.id}"; rename the one in ${name}.`);
      rows.set(row.id, row);
    }
  }
  return [...rows.values()];
}

function toCase(row: z.infer<typeof caseRow>): EvalCase {
  return {
    id: row.id,
    question: row.question,
    history: row.history,
    answerable: row.answerable,
    answers: row.accepted_answers,
    forbidden: row.forbidden_answers,
    goldSpans: row.gold_quotes.map((text) => ({ docIds: row.gold_documents, text })),
    relevance: new Map(row.gold_documents.map((id) => [id, 1])),
    tags: [
      row.answerable ? 'answerable' : 'unanswerable',
      ...row.tags.filter((tag) => !ANSWERABILITY.has(tag)),
    ],
    goldRule: row.tags.includes('two-sentence') ? 'every' : 'any',
    corpus: corpusName(row.documents),
  };
}

const ANSWERABILITY = new Set(['answerable', 'unanswerable']);

function corpusName(extra: string | undefined): string {
  return extra === undefined ? 'documents' : `documents+${extra}`;
}

function openCorpus(options: CasesOptions, extra: string | undefined): EvalCorpus {
  const folders = [options.documents, ...(extra === undefined ? [] : [join(options.extraDocuments, extra)])];
  return {
    name: corpusName(extra),
    key: async () => sha256Hex((await Promise.all(folders.map(hashFolder))).join(' ')),
    async *documents() {
      for (const folder of folders) yield* loadFolder(await options.openFolder(folder));
    },
  };
}

async function* loadFolder(source: DocumentSource): AsyncGenerator<LoadedDocument> {
  for await (const item of source.items()) yield* await item.load();
}

async function hashFolder(folder: string): Promise<string> {
  if (!existsSync(folder))
    throw new IbidError('bad_request', `${folder} is not there; a case names it. Make it or mend the case.`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return hashFiles(folder, files);
}
