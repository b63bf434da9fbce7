import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { NO_STRUCTURE } from '../../src/model/document.ts';
import { sha256Hex } from '../../src/model/hash.ts';
import type { EvalCorpus } from '../datasets/eval-dataset.ts';
import { readJsonl } from '../datasets/read-jsonl.ts';
import type { OpenedIndex } from '../system/open-index.ts';
import { isHeldOut } from './held-out.ts';
import type { VerifierCase } from './verifier-case.ts';

const row = z.object({ question: z.string(), passage: z.string(), label: z.string() });

interface Judged {
  readonly claim: string;
  readonly uri: string;
  readonly text: string;
  readonly kind: string;
}

/** Claims that people judged against a text: `NAME.jsonl.gz` with `question` (the claim), `passage` and `label`. */
export interface Judgements {
  readonly name: string;
  readonly corpus: EvalCorpus;
  cases(index: OpenedIndex): Promise<VerifierCase[]>;
}

/** Opens a file of judgements, `most` of them evenly sampled; undefined where it is missing. */
export async function openJudgements(
  directory: string,
  name: string,
  most: number,
): Promise<Judgements | undefined> {
  const path = join(directory, `${name}.jsonl.gz`);
  if (!existsSync(path)) return undefined;
  const rows: Judged[] = [];
  for await (const { question, passage, label } of readJsonl(path, row)) {
    if (question.split(' ').length < 4 || passage.length < 20) continue;
    rows.push({
      claim: capitalised(question),
      text: passage,
      uri: (await sha256Hex(passage)).slice(0, 16),
      kind: label,
    });
  }
  const step = Math.max(1, rows.length / most);
  const judged = Array.from(
    { length: Math.min(most, rows.length) },
    (_, i) => rows[Math.floor(i * step)],
  ).filter((one) => one !== undefined);
  return {
    name: basename(name),
    corpus: {
      name,
      key: async () => `verifier-${name}-${most}`,
      async *documents() {
        const seen = new Set<string>();
        for (const { uri, text } of judged) {
          if (seen.has(uri)) continue;
          seen.add(uri);
          yield { uri, title: '', text, mediaType: 'text/plain', metadata: {}, structure: NO_STRUCTURE };
        }
      },
    },
    cases: (index) => toCases(name, index, judged),
  };
}

async function toCases(
  set: string,
  { deps: { store } }: OpenedIndex,
  judged: readonly Judged[],
): Promise<VerifierCase[]> {
  const passages = await passagesByUri(store);
  return judged.flatMap(({ claim, uri, kind }) => {
    const found = passages.get(uri);
    return found === undefined
      ? []
      : [
          {
            set,
            kind,
            claim,
            supported: kind === 'entail',
            question: claim,
            passages: found,
            heldOut: isHeldOut(uri),
          },
        ];
  });
}

async function passagesByUri(
  store: OpenedIndex['deps']['store'],
): Promise<Map<string, VerifierCase['passages']>> {
  const byUri = new Map<string, VerifierCase['passages'][number][]>();
  for await (const records of store.vectors()) {
    for (const stored of await store.getPassages(records.map(({ passageId }) => passageId))) {
      byUri.set(stored.documentUri, [...(byUri.get(stored.documentUri) ?? []), stored]);
    }
  }
  return byUri;
}

function capitalised(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}
