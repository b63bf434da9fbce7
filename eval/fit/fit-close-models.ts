import { type LogisticModel, logit } from '../../src/ask/logistic.ts';
import { type CloseQuestionFeature, closeQuestionFeatures } from '../../src/ask/question-features.ts';
import {
  type CloseSentenceFeature,
  closeFeatures,
  type ScoredSentence,
} from '../../src/ask/score-sentences.ts';
import { type Example, fitLogistic } from './logistic-regression.ts';
import type { CloseObservation } from './observe-closely.ts';

export interface CloseModels {
  readonly sentence: LogisticModel<CloseSentenceFeature>;
  readonly confidence: LogisticModel<CloseQuestionFeature>;
}

/** The features that each model has, by the models as they stand. */
export type CloseModelNames = {
  readonly [K in keyof CloseModels]: readonly (keyof CloseModels[K]['weights'] & string)[];
};

/** Each group of observations counts as much as this many, however many it has, split evenly over its labels. */
const GROUP_WEIGHT = 500;

/** Fits what comes after close reading. */
export function fitCloseModels(
  names: CloseModelNames,
  observations: readonly CloseObservation[],
): CloseModels {
  const sentence = fitLogistic(names.sentence, sentenceExamples(observations));
  return {
    sentence,
    confidence: fitLogistic(names.confidence, confidenceExamples(observations, sentence)),
  };
}

/** The sentences that were read, as `model` ranks them, best first. */
export function rankRead(
  model: LogisticModel<CloseSentenceFeature>,
  { glanced, readings }: CloseObservation,
): { readonly sentence: ScoredSentence; readonly logOdds: number }[] {
  return glanced
    .flatMap((sentence) => {
      const reading = readings.get(sentence);
      return reading ? [{ sentence, logOdds: logit(model, closeFeatures(sentence, reading)) }] : [];
    })
    .sort((a, b) => b.logOdds - a.logOdds);
}

/** What the confidence sees of an observation. */
export function closeConfidenceFeatures(
  model: LogisticModel<CloseSentenceFeature>,
  observation: CloseObservation,
) {
  const ranked = rankRead(model, observation).map(({ sentence, logOdds }) => ({ ...sentence, logOdds }));
  return closeQuestionFeatures(observation.features, ranked, observation.readings);
}

function sentenceExamples(observations: readonly CloseObservation[]): Example<CloseSentenceFeature>[] {
  const usable = observations.filter(({ gold, readings }) => [...gold].some((each) => readings.has(each)));
  const weightOf = groupWeights(usable, ({ group }) => group);
  return usable.flatMap((observation) =>
    observation.glanced.flatMap((sentence): Example<CloseSentenceFeature>[] => {
      const reading = observation.readings.get(sentence);
      if (reading === undefined) return [];
      const label = observation.gold.has(sentence) ? 1 : 0;
      return [{ features: closeFeatures(sentence, reading), label, weight: weightOf(observation) }];
    }),
  );
}

function confidenceExamples(
  observations: readonly CloseObservation[],
  model: LogisticModel<CloseSentenceFeature>,
): Example<CloseQuestionFeature>[] {
  const labels = new Map<string, Set<boolean>>();
  for (const { group, answerable } of observations)
    labels.set(group, (labels.get(group) ?? new Set()).add(answerable));
  const weightOf = groupWeights(observations, ({ group, answerable }) => `${group} ${answerable}`);
  return observations.map((observation) => ({
    features: closeConfidenceFeatures(model, observation),
    label: observation.answerable ? 1 : 0,
    weight: weightOf(observation) / (labels.get(observation.group)?.size ?? 1),
  }));
}

/** The weight of an observation: that of its group over the group's size. */
function groupWeights(
  observations: readonly CloseObservation[],
  keyOf: (observation: CloseObservation) => string,
): (observation: CloseObservation) => number {
  const sizes = new Map<string, number>();
  for (const each of observations) sizes.set(keyOf(each), (sizes.get(keyOf(each)) ?? 0) + 1);
  return (observation) => GROUP_WEIGHT / (sizes.get(keyOf(observation)) ?? 1);
}
