import { type LogisticModel, logit } from '../../src/ask/logistic.ts';
import { type QuestionFeature, questionFeatures } from '../../src/ask/question-features.ts';
import type { ScoredSentence } from '../../src/ask/score-sentences.ts';
import type { SentenceFeature } from '../../src/ask/sentence-features.ts';
import { type Example, fitLogistic } from './logistic-regression.ts';
import type { Observation } from './observe.ts';

/** Each group of observations counts as much as this many, however many it has, split evenly over its labels. */
const GROUP_WEIGHT = 500;

/** Fits the sentence scorer: which sentence of an answerable question's passages holds the answer. */
export function fitSentenceModel(
  names: readonly SentenceFeature[],
  observations: readonly Observation[],
): LogisticModel<SentenceFeature> {
  const usable = observations.filter(({ gold }) => gold.includes(true));
  const sizes = countBy(usable, ({ group }) => group);
  const examples = usable.flatMap(({ group, sentences, gold }) =>
    sentences.map(({ features }, i): Example<SentenceFeature> => {
      const weight = GROUP_WEIGHT / (sizes.get(group) ?? 1);
      return { features, label: gold[i] ? 1 : 0, weight };
    }),
  );
  return fitLogistic(names, examples);
}

/** Fits the confidence: whether the documents answer the question, given the sentences as `model` scores them. */
export function fitConfidenceModel<Name extends QuestionFeature>(
  names: readonly Name[],
  observations: readonly Observation[],
  model: LogisticModel<SentenceFeature>,
): LogisticModel<Name> {
  const sizes = countBy(observations, ({ group, answerable }) => `${group} ${answerable}`);
  const labels = new Map<string, Set<boolean>>();
  for (const { group, answerable } of observations) {
    labels.set(group, (labels.get(group) ?? new Set()).add(answerable));
  }
  const examples = observations.map((observation): Example<Name> => {
    const { group, answerable } = observation;
    const share = GROUP_WEIGHT / (labels.get(group)?.size ?? 1);
    return {
      features: confidenceFeatures(observation, model),
      label: answerable ? 1 : 0,
      weight: share / (sizes.get(`${group} ${answerable}`) ?? 1),
    };
  });
  return fitLogistic(names, examples);
}

/** What the confidence sees of an observation. */
export function confidenceFeatures(observation: Observation, model: LogisticModel<SentenceFeature>) {
  return questionFeatures(observation.question, observation.retrieval, scoreWith(model, observation));
}

/** An observation's sentences as `model` ranks them, best first. */
export function scoreWith(
  model: LogisticModel<SentenceFeature>,
  { sentences }: Observation,
): ScoredSentence[] {
  return sentences
    .map((sentence) => ({ ...sentence, logOdds: logit(model, sentence.features) }))
    .sort((a, b) => b.logOdds - a.logOdds);
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
