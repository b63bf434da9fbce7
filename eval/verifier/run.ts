/**
 * Measures the support check: `npm run eval:verifier -- [--without-entailment | --lexical] [--judgements DIR] [--fit]
 * [--misses FILE] [BEIR DIR …]`; with the entailment of the cross-encoder, as on Node, unless told otherwise.
 * `documents/` and the hand-written sentences are always measured; `--fit` writes src/ask/support/support-model.ts anew from
 * what is not held out.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createMiniLmCrossEncoder } from '../../src/adapters/bert/minilm-cross-encoder.ts';
import { createMiniLmEmbedder } from '../../src/adapters/bert/minilm-embedder.ts';
import { createFolderSource } from '../../src/adapters/files/folder-source.ts';
import { createFileLoader } from '../../src/adapters/loaders/file-loader.ts';
import { supportedExtensions } from '../../src/adapters/loaders/formats.ts';
import { createVerdict } from '../../src/ask/support.ts';
import { openBeir } from '../datasets/beir.ts';
import type { EvalCorpus } from '../datasets/eval-dataset.ts';
import { hashFiles } from '../datasets/hash-files.ts';
import { type OpenedIndex, openIndex } from '../system/open-index.ts';
import { fitSupport } from './fit-support.ts';
import { handWritten } from './hand-written.ts';
import { openJudgements } from './human-judgements.ts';
import { makeCases, type Seed, seedsOf, sentencesOf } from './made-cases.ts';
import { type Checked, verifierReport } from './report.ts';
import type { VerifierCase } from './verifier-case.ts';

const CACHE = '.cache/eval';
const SEEDS = 90;
const JUDGEMENTS = 300;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    judgements: { type: 'string' },
    fit: { type: 'boolean', default: false },
    lexical: { type: 'boolean', default: false },
    'without-entailment': { type: 'boolean', default: false },
    misses: { type: 'string' },
  },
});

const embedder = await createMiniLmEmbedder({ cacheDirectory: CACHE, precision: 'fp32' });
const crossEncoder = createMiniLmCrossEncoder({ cacheDirectory: CACHE, precision: 'int8' });
const cases: VerifierCase[] = [];
await withIndex(documents(), async (index) => {
  cases.push(...(await makeCases('documents', index, await ownSeeds(index))));
  cases.push(...(await handWritten('eval/verifier', index)));
});
for (const directory of positionals) {
  const set = await openBeir(directory);
  const [corpus] = set.corpora;
  if (corpus === undefined) continue;
  await withIndex(corpus, async (index) => {
    cases.push(...(await makeCases(set.name.replace(/\/.*/, ''), index, seedsOf(set.cases, SEEDS))));
  });
}
for (const name of values.judgements === undefined ? [] : ['begin', 'wice', 'fever_rte']) {
  const judgements = await openJudgements(values.judgements ?? '', name, JUDGEMENTS);
  if (judgements === undefined) continue;
  await withIndex(judgements.corpus, async (index) => {
    cases.push(...(await judgements.cases(index)));
  });
}
if (values.fit)
  await fitSupport(
    cases.filter(({ heldOut }) => !heldOut),
    embedder,
  );
else await measure();
await embedder.close();
await crossEncoder.close();

async function measure(): Promise<void> {
  const entailment = values['without-entailment'] ? {} : { entailment: crossEncoder.entail };
  const check = createVerdict(values.lexical ? {} : { embedder, ...entailment });
  const checked: Checked[] = [];
  for (const one of cases.filter(({ heldOut }) => heldOut)) {
    const started = process.cpuUsage();
    const { support, score } = await check(one.claim, one);
    const { user, system } = process.cpuUsage(started);
    const milliseconds = (user + system) / 1000;
    const reason = support.supported ? {} : { reason: support.reason };
    checked.push({ ...one, accepted: support.supported, score, milliseconds, ...reason });
  }
  process.stdout.write(verifierReport(checked));
  if (values.misses === undefined) return;
  const misses = checked.filter(({ accepted, supported }) => accepted !== supported);
  const lines = misses.map(({ set, kind, claim, score, reason }) =>
    JSON.stringify({ set, kind, claim, score, reason }),
  );
  await writeFile(values.misses, `${lines.join('\n')}\n`);
}

async function withIndex(corpus: EvalCorpus, use: (index: OpenedIndex) => Promise<void>): Promise<void> {
  const index = await openIndex(corpus, {
    cacheDirectory: CACHE,
    embedderId: embedder.id,
    openEmbedder: () => ({ ...embedder, close: async () => {} }),
    warn: (message) => process.stderr.write(`${message}\n`),
  });
  await use(index);
  await index.close();
}

function documents(): EvalCorpus {
  const source = createFolderSource({
    directory: 'documents',
    load: createFileLoader(),
    extensions: supportedExtensions,
  });
  return {
    name: 'documents',
    key: async () => `verifier-${await hashFiles('documents', await documentPaths())}`,
    async *documents() {
      for await (const item of source.items()) yield* await item.load();
    },
  };
}

async function documentPaths(): Promise<string[]> {
  return (await readdir('documents')).sort().map((name) => `documents/${name}`);
}

/** Every sentence of `documents/` once. */
async function ownSeeds({ deps: { store } }: OpenedIndex): Promise<Seed[]> {
  const seeds: Seed[] = [];
  for await (const records of store.vectors()) {
    for (const stored of await store.getPassages(records.map(({ passageId }) => passageId))) {
      for (const sentence of sentencesOf(stored))
        seeds.push({ question: sentence, gold: [sentence], answers: [] });
    }
  }
  return seeds;
}
