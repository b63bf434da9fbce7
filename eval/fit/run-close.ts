/**
 * Fits what comes after close reading (sentences, confidence) on questions that the cross-encoder has not seen,
 * reports it on those held out, and writes src/ask/fitted/close-*-model.ts for review:
 * `npm run fit:close -- DIRECTORY… --topics DIRECTORY` (the sets used, and their order, stand in docs/quality.md). A set after
 * `--topics` is asked of its topics one by one alone.
 */
import { parseArgs } from 'node:util';
import { createMiniLmCrossEncoder } from '../../src/adapters/bert/minilm-cross-encoder.ts';
import { createMiniLmEmbedder } from '../../src/adapters/bert/minilm-embedder.ts';
import { CLOSE_CONFIDENCE_MODEL } from '../../src/ask/fitted/close-confidence-model.ts';
import { CLOSE_SENTENCE_MODEL } from '../../src/ask/fitted/close-sentence-model.ts';
import type { LogisticModel } from '../../src/ask/logistic.ts';
import { openBeir } from '../datasets/beir.ts';
import type { EvalDataset } from '../datasets/eval-dataset.ts';
import { openIndex } from '../system/open-index.ts';
import { fitCloseModels } from './fit-close-models.ts';
import { type CloseObservation, observeClosely } from './observe-closely.ts';
import { reportCloseFit } from './report-close-fit.ts';
import { type Task, tasksOf } from './tasks.ts';
import { unseenBy } from './unseen.ts';
import { writeModel } from './write-model.ts';

const CACHE = '.cache/eval';
/** One question in this many is held out of the fit. */
const HELD_OUT_EVERY = 3;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { topics: { type: 'string', multiple: true, default: [] } },
});
const crossEncoder = createMiniLmCrossEncoder({ cacheDirectory: CACHE, precision: 'int8' });
const fit: CloseObservation[] = [];
const heldOut: CloseObservation[] = [];
for (const task of await tasksOf(await openUnseen(positionals), await openUnseen(values.topics)))
  await observeTask(task);
await crossEncoder.close();

const names = {
  sentence: namesOf(CLOSE_SENTENCE_MODEL),
  confidence: namesOf(CLOSE_CONFIDENCE_MODEL),
};
process.stdout.write(reportCloseFit(heldOut, fitCloseModels(names, fit)));
const models = fitCloseModels(names, [...fit, ...heldOut]);
await writeModel('close-sentence', 'a sentence as an answer, read closely', models.sentence);
await writeModel('close-confidence', 'the calibrated confidence after close reading', models.confidence);

async function openUnseen(directories: readonly string[]): Promise<EvalDataset[]> {
  const datasets = await Promise.all(directories.map((directory) => openBeir(directory)));
  return datasets.map((dataset) => ({ ...dataset, cases: unseenBy(dataset) }));
}

async function observeTask({ group, corpus, onTopic, offTopic }: Task): Promise<void> {
  const { deps, close } = await openIndex(corpus, {
    cacheDirectory: CACHE,
    embedderId: 'minilm-l6-v2/fp32',
    openEmbedder: () => createMiniLmEmbedder({ cacheDirectory: CACHE, precision: 'fp32' }),
    warn: (message) => process.stderr.write(`${message}\n`),
  });
  const started = performance.now();
  const cases = [
    ...onTopic.map((evalCase) => ({ evalCase, group, answerable: evalCase.answerable })),
    ...offTopic.map((evalCase) => ({ evalCase, group: `${group}, off topic`, answerable: false })),
  ];
  for (const [index, { evalCase, ...about }] of cases.entries()) {
    const target = index % HELD_OUT_EVERY === 0 ? heldOut : fit;
    target.push(await observeClosely({ ...deps, crossEncoder }, evalCase, about));
  }
  await close();
  const each = (performance.now() - started) / cases.length;
  process.stderr.write(`${group} (${corpus.name}): ${each.toFixed(1)} ms a question\n`);
}

function namesOf<Name extends string>(model: LogisticModel<Name>): Name[] {
  return Object.keys(model.weights) as Name[];
}
