import { type LogisticModel, logit } from '../../src/ask/logistic.ts';
import { type QuestionFeature, questionFeatures } from '../../src/ask/question-features.ts';
import type { ScoredSentence } from '../../src/ask/score-sentences.ts';
import type { SentenceFeature } from '../../src/ask/sentence-features.ts';
import { type Example, fitLogistic } from './logistic-regression.ts';
import type { Observation } from './observe.ts';
import { weighByGroup, weighByLabel } from './weigh.ts';

/** Fits the sentence scorer: which sentence of an answerable question's passages holds the answer. */
export function fitSentenceModel(
  names: readonly SentenceFeature[],
  observations: readonly Observation[],
): LogisticModel<SentenceFeature> {
  const usable = observations.filter(({ gold }) => gold.includes(true));
  const weightOf = weighByGroup(usable);
  const examples = usable.flatMap((observation) =>
    observation.sentences.map(({ features }, i): Example<SentenceFeature> => {
      return { features, label: observation.gold[i] ? 1 : 0, weight: weightOf(observation) };
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
  const weightOf = weighByLabel(observations);
  const examples = observations.map(
    (observation): Example<Name> => ({
      features: confidenceFeatures(observation, model),
      label: observation.answerable ? 1 : 0,
      weight: weightOf(observation),
    }),
  );
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
