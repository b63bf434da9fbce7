import { type LogisticModel, logit, sigmoid } from '../../src/ask/logistic.ts';
import type { QuestionFeature } from '../../src/ask/question-features.ts';
import type { SentenceFeature } from '../../src/ask/sentence-features.ts';
import { auroc } from '../metrics/auroc.ts';
import { calibrationError } from '../metrics/calibration-error.ts';
import { confidenceFeatures, scoreWith } from './fit-models.ts';
import type { Observation } from './observe.ts';

/** A line for each group: how often the best sentences hold the answer, and how well the confidence tells and is calibrated. */
export function reportFit<Name extends QuestionFeature>(
  heldOut: readonly Observation[],
  sentences: LogisticModel<SentenceFeature>,
  confidence: LogisticModel<Name>,
): string {
  const judged = heldOut.map((observation) => ({
    group: observation.group.replace(', off topic', ''),
    offTopic: observation.group.endsWith(', off topic'),
    confidence: sigmoid(logit(confidence, confidenceFeatures(observation, sentences))),
    positive: observation.answerable,
  }));
  const lines: string[] = [];
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
    lines.push(`${group} (${own.length} held out): ${line.join('; ')}\n`);
  }
  return lines.join('');
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
