import { logit, sigmoid } from '../../src/ask/logistic.ts';
import { auroc } from '../metrics/auroc.ts';
import { calibrationError } from '../metrics/calibration-error.ts';
import { type CloseModels, closeConfidenceFeatures, rankRead } from './fit-close-models.ts';
import type { CloseObservation } from './observe-closely.ts';

/** A line for each group of what was held out: the best sentences, and the confidence. */
export function reportCloseFit(heldOut: readonly CloseObservation[], models: CloseModels): string {
  const judged = heldOut.map((observation) => ({
    group: observation.group.replace(', off topic', ''),
    offTopic: observation.group.endsWith(', off topic'),
    confidence: sigmoid(logit(models.confidence, closeConfidenceFeatures(models.sentence, observation))),
    positive: observation.answerable,
  }));
  return [...new Set(judged.map(({ group }) => group))]
    .map((group) => {
      const own = judged.filter((each) => each.group === group);
      const nearMiss = own.filter(({ offTopic }) => !offTopic);
      const offTopic = own.filter((each) => each.offTopic || each.positive);
      const answerable = heldOut.filter((each) => each.group === group && each.gold.size > 0);
      const found = [1, 2, 3].map((k) => shareFound(answerable, models.sentence, k).toFixed(3));
      return [
        `${group} (${own.length} held out)`,
        `answer in the best 1, 2, 3 sentences ${found.join(' ')}`,
        `AUROC ${auroc(nearMiss)?.toFixed(3) ?? '–'}, off topic ${auroc(offTopic)?.toFixed(3) ?? '–'}`,
        `ECE ${calibrationError(own, 'mass')?.toFixed(3) ?? '–'}`,
        `right side of one half ${share(own, (each) => each.confidence >= 0.5 === each.positive).toFixed(3)}\n`,
      ].join('; ');
    })
    .join('');
}

function shareFound(
  observations: readonly CloseObservation[],
  model: CloseModels['sentence'],
  k: number,
): number {
  return share(observations, (observation) =>
    rankRead(model, observation)
      .slice(0, k)
      .some(({ sentence }) => observation.gold.has(sentence)),
  );
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / Math.max(1, items.length);
}
