/**
 * Fits the sentence scorer and the confidence on data sets in BEIR layout, reports both on what was held out, and writes
 * src/ask/fitted/{sentence,confidence,lexical}-model.ts for review:
 * `npm run fit -- DIRECTORY…` (the sets used, and their order, stand in docs/quality.md).
 */
import { createMiniLmEmbedder } from '../../src/adapters/bert/minilm-embedder.ts';
import { CONFIDENCE_MODEL } from '../../src/ask/fitted/confidence-model.ts';
import { LEXICAL_MODEL } from '../../src/ask/fitted/lexical-model.ts';
import { SENTENCE_MODEL } from '../../src/ask/fitted/sentence-model.ts';
import type { LogisticModel } from '../../src/ask/logistic.ts';
import { openBeir } from '../datasets/beir.ts';
import { openIndex } from '../system/open-index.ts';
import { fitConfidenceModel, fitSentenceModel } from './fit-models.ts';
import { type Observation, observe } from './observe.ts';
import { reportFit } from './report-fit.ts';
import { type Task, tasksOf } from './tasks.ts';
import { writeModel } from './write-model.ts';

const CACHE = '.cache/eval';
/** One question (or, where known, one topic) in this many is held out of the fit. */
const HELD_OUT_EVERY = 4;

interface Split {
  readonly fit: Observation[];
  readonly heldOut: Observation[];
}

const directories = process.argv.slice(2);
const datasets = await Promise.all(directories.map((directory) => openBeir(directory)));
const split: Split = { fit: [], heldOut: [] };
for (const task of await tasksOf(datasets)) await observeTask(task, split);

const sentenceModel = fitSentenceModel(namesOf(SENTENCE_MODEL), split.fit);
const confidenceModel = fitConfidenceModel(namesOf(CONFIDENCE_MODEL), split.fit, sentenceModel);
const lexicalModel = fitConfidenceModel(namesOf(LEXICAL_MODEL), split.fit, sentenceModel);
process.stdout.write(reportFit(split.heldOut, sentenceModel, confidenceModel));
process.stdout.write(`Without vectors:\n${reportFit(split.heldOut, sentenceModel, lexicalModel)}`);
await writeModel('sentence', 'the sentence scorer', sentenceModel);
await writeModel('confidence', 'the calibrated confidence', confidenceModel);
await writeModel('lexical', 'the confidence when the embedder fails', lexicalModel);

async function observeTask({ group, corpus, onTopic, offTopic }: Task, into: Split): Promise<void> {
  const { deps, close } = await openIndex(corpus, {
    cacheDirectory: CACHE,
    embedderId: 'minilm-l6-v2/fp32',
    openEmbedder: () => createMiniLmEmbedder({ cacheDirectory: CACHE, precision: 'fp32' }),
    warn: (message) => process.stderr.write(`${message}\n`),
  });
  const started = performance.now();
  for (const evalCase of onTopic) {
    const target = isHeldOut(evalCase.topic ?? evalCase.id) ? into.heldOut : into.fit;
    target.push(await observe(deps, evalCase, { group, answerable: evalCase.answerable }));
  }
  for (const evalCase of offTopic) {
    const target = isHeldOut(evalCase.topic ?? evalCase.id) ? into.heldOut : into.fit;
    target.push(await observe(deps, evalCase, { group: `${group}, off topic`, answerable: false }));
  }
  await close();
  const each = (performance.now() - started) / (onTopic.length + offTopic.length);
  process.stderr.write(`${group} (${corpus.name}): ${each.toFixed(1)} ms a question\n`);
}

/** By a hash of the name, so that a topic or question is held out everywhere or nowhere. */
function isHeldOut(name: string): boolean {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return hash % HELD_OUT_EVERY === 0;
}

function namesOf<Name extends string>(model: LogisticModel<Name>): Name[] {
  return Object.keys(model.weights) as Name[];
}
