/**
 * Fits the sentence scorer and the confidence on data sets in BEIR layout, reports both on what was held out, and writes
 * src/ask/sentence-model.ts and src/ask/confidence-model.ts for review:
 * `npm run fit -- DIRECTORY…` (the sets used, and their order, stand in docs/quality.md).
 */
import { writeFile } from 'node:fs/promises';
import { createMiniLmEmbedder } from '../../src/adapters/bert/minilm-embedder.ts';
import { CONFIDENCE_MODEL } from '../../src/ask/confidence-model.ts';
import { type LogisticModel, logit, sigmoid } from '../../src/ask/logistic.ts';
import type { QuestionFeature } from '../../src/ask/question-features.ts';
import type { SentenceFeature } from '../../src/ask/sentence-features.ts';
import { SENTENCE_MODEL } from '../../src/ask/sentence-model.ts';
import { openBeir } from '../datasets/beir.ts';
import type { EvalCase, EvalCorpus, EvalDataset } from '../datasets/eval-dataset.ts';
import { auroc } from '../metrics/auroc.ts';
import { calibrationError } from '../metrics/calibration-error.ts';
import { openIndex } from '../system/open-index.ts';
import { confidenceFeatures, fitConfidenceModel, fitSentenceModel, scoreWith } from './fit-models.ts';
import { type Observation, observe } from './observe.ts';
import { smallCorpora } from './small-corpora.ts';

const CACHE = '.cache/eval';
/** Questions taken from one corpus, evenly over the set; as many off-topic ones from elsewhere as a quarter of that. */
const MOST_QUESTIONS = 1_200;
const MOST_QUESTIONS_SMALL = 120;
/** One question (or, where known, one topic) in this many is held out of the fit. */
const HELD_OUT_EVERY = 4;

interface Task {
  readonly group: string;
  readonly corpus: EvalCorpus;
  readonly onTopic: readonly EvalCase[];
  readonly offTopic: readonly EvalCase[];
}

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
report(split.heldOut, sentenceModel, confidenceModel);
await writeModel('sentence', 'the sentence scorer', sentenceModel);
await writeModel('confidence', 'the calibrated confidence', confidenceModel);

/** Each set whole, and each of its larger topics as a corpus of its own; off-topic questions come from the next set or topic. */
async function tasksOf(sets: readonly EvalDataset[]): Promise<Task[]> {
  const whole = sets.flatMap((set, i): Task[] => {
    const [corpus] = set.corpora;
    const other = sets[(i + 1) % sets.length];
    if (corpus === undefined || other === undefined) return [];
    const offTopic = other === set ? [] : evenly(other.cases, MOST_QUESTIONS / 4);
    return [{ group: set.name, corpus, onTopic: evenly(set.cases, MOST_QUESTIONS), offTopic }];
  });
  const small = (await Promise.all(sets.map(smallCorpora))).flat().filter(({ cases }) => cases.length > 0);
  const parts = small.map(({ corpus, cases }, i): Task => {
    const other = small[(i + 1) % small.length]?.cases ?? [];
    return {
      group: 'one topic',
      corpus,
      onTopic: evenly(cases, MOST_QUESTIONS_SMALL),
      offTopic: evenly(other, MOST_QUESTIONS_SMALL / 4),
    };
  });
  return [...whole, ...parts];
}

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

function evenly<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from(
    { length: Math.min(items.length, Math.floor(most)) },
    (_, i) => items[Math.floor(i * step)],
  ).filter((item) => item !== undefined);
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

function report(
  heldOut: readonly Observation[],
  sentences: LogisticModel<SentenceFeature>,
  confidence: LogisticModel<QuestionFeature>,
): void {
  const judged = heldOut.map((observation) => ({
    group: observation.group.replace(', off topic', ''),
    offTopic: observation.group.endsWith(', off topic'),
    confidence: sigmoid(logit(confidence, confidenceFeatures(observation, sentences))),
    positive: observation.answerable,
  }));
  for (const group of new Set(judged.map((item) => item.group))) {
    const own = judged.filter((item) => item.group === group);
    const nearMiss = own.filter((item) => !item.offTopic);
    const offTopic = own.filter((item) => item.offTopic || item.positive);
    const answerable = heldOut.filter((observation) => observation.group === group && observation.answerable);
    const found = [1, 2, 3].map((k) => shareFound(answerable, sentences, k).toFixed(3));
    const line = [
      `answer in the best 1, 2, 3 sentences ${found.join(' ')}`,
      `AUROC ${auroc(nearMiss)?.toFixed(3) ?? '–'}, off topic ${auroc(offTopic)?.toFixed(3) ?? '–'}`,
      `ECE ${calibrationError(own, 'mass')?.toFixed(3) ?? '–'}`,
    ];
    process.stdout.write(`${group} (${own.length} held out): ${line.join('; ')}\n`);
  }
}

function shareFound(
  observations: readonly Observation[],
  model: LogisticModel<SentenceFeature>,
  k: number,
): number {
  const found = observations.filter((observation) => {
    const gold = new Map(
      observation.sentences.map((sentence, i) => [sentence.features, observation.gold[i]]),
    );
    return scoreWith(model, observation)
      .slice(0, k)
      .some((sentence) => gold.get(sentence.features));
  });
  return found.length / Math.max(1, observations.length);
}

async function writeModel<Name extends string>(
  name: 'sentence' | 'confidence',
  what: string,
  model: LogisticModel<Name>,
): Promise<void> {
  const features = name === 'sentence' ? 'SentenceFeature' : 'QuestionFeature';
  const module = name === 'sentence' ? 'sentence-features' : 'question-features';
  const weights = namesOf(model).map((key) => `    ${key}: ${rounded(model.weights[key])},`);
  const lines = [
    "import type { LogisticModel } from './logistic.ts';",
    `import type { ${features} } from './${module}.ts';`,
    '',
    `/** Weights of ${what}, written by \`npm run fit\` (eval/fit). */`,
    `export const ${name.toUpperCase()}_MODEL: LogisticModel<${features}> = {`,
    `  bias: ${rounded(model.bias)},`,
    '  weights: {',
    ...weights,
    '  },',
    '};',
    '',
  ];
  await writeFile(`src/ask/${name}-model.ts`, lines.join('\n'));
}

/** To four digits, as the formatter writes numbers. */
function rounded(weight: number): number {
  return Number(weight.toFixed(4));
}
