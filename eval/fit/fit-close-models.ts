import { type LogisticModel, logit } from '../../src/ask/logistic.ts';
import { type CloseQuestionFeature, closeQuestionFeatures } from '../../src/ask/question-features.ts';
import {
  type CloseSentenceFeature,
  closeFeatures,
  type ScoredSentence,
  scoreSentencesRead,
} from '../../src/ask/score-sentences.ts';
import { type Example, fitLogistic } from './logistic-regression.ts';
import type { CloseObservation } from './observe-closely.ts';
import { weighByGroup, weighByLabel } from './weigh.ts';

export interface CloseModels {
  readonly sentence: LogisticModel<CloseSentenceFeature>;
  readonly confidence: LogisticModel<CloseQuestionFeature>;
}

/** The features that each model has, by the models as they stand. */
export type CloseModelNames = {
  readonly [K in keyof CloseModels]: readonly (keyof CloseModels[K]['weights'] & string)[];
};

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
  { question, glanced, readings }: CloseObservation,
): { readonly sentence: ScoredSentence; readonly logOdds: number }[] {
  return glanced
    .flatMap((sentence) => {
      const reading = readings.get(sentence);
      return reading ? [{ sentence, logOdds: logit(model, closeFeatures(question, sentence, reading)) }] : [];
    })
    .sort((a, b) => b.logOdds - a.logOdds);
}

/** What the confidence sees of an observation. */
export function closeConfidenceFeatures(
  model: LogisticModel<CloseSentenceFeature>,
  observation: CloseObservation,
) {
  const { question, features, glanced, readings } = observation;
  return closeQuestionFeatures(
    question,
    features,
    scoreSentencesRead(question, glanced, readings, model),
    readings,
  );
}

function sentenceExamples(observations: readonly CloseObservation[]): Example<CloseSentenceFeature>[] {
  const usable = observations.filter(({ gold, readings }) => [...gold].some((each) => readings.has(each)));
  const weightOf = weighByGroup(usable);
  return usable.flatMap((observation) =>
    observation.glanced.flatMap((sentence): Example<CloseSentenceFeature>[] => {
      const reading = observation.readings.get(sentence);
      if (reading === undefined) return [];
      const label = observation.gold.has(sentence) ? 1 : 0;
      return [
        {
          features: closeFeatures(observation.question, sentence, reading),
          label,
          weight: weightOf(observation),
        },
      ];
    }),
  );
}

function confidenceExamples(
  observations: readonly CloseObservation[],
  model: LogisticModel<CloseSentenceFeature>,
): Example<CloseQuestionFeature>[] {
  const weightOf = weighByLabel(observations);
  return observations.map((observation) => ({
    features: closeConfidenceFeatures(model, observation),
    label: observation.answerable ? 1 : 0,
    weight: weightOf(observation),
  }));
}
