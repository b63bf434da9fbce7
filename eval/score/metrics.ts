import { answeredWrongRate } from '../metrics/answered-wrong-rate.ts';
import { auroc } from '../metrics/auroc.ts';
import { calibrationError } from '../metrics/calibration-error.ts';
import { declineF1 } from '../metrics/decline-f1.ts';
import { mean } from '../metrics/mean.ts';
import { percentile } from '../metrics/percentile.ts';
import { coverageAtRisk } from '../metrics/risk-coverage.ts';
import type { CaseScore, ValueName } from './case-score.ts';

type Scores = readonly CaseScore[];

/** A figure of a run, computed from its case scores, so that any resample or selection of cases can be put in. */
export interface Metric {
  /** `group.name`, as in thresholds and reports. */
  readonly id: string;
  readonly label: string;
  readonly better: 'higher' | 'lower';
  readonly unit: 'share' | 'ms';
  /** Cases that it looks at. */
  readonly applies: (score: CaseScore) => boolean;
  /** Undefined where the given cases do not determine it. */
  readonly compute: (scores: Scores) => number | undefined;
}

/** Everything that is measured, in the order of reports. Those of the group `judge` need a judge model. */
export const METRICS: readonly Metric[] = [
  average('retrieval.recall_at_1', 'Recall@1', 'recall_at_1'),
  average('retrieval.recall_at_5', 'Recall@5', 'recall_at_5'),
  average('retrieval.recall_at_10', 'Recall@10', 'recall_at_10'),
  average('retrieval.mrr_at_10', 'MRR@10', 'mrr_at_10'),
  average('retrieval.ndcg_at_10', 'nDCG@10', 'ndcg_at_10'),
  share(
    'answers.right',
    'Answered right, of the answerable',
    ({ verdict }) => verdict === 'answered-right',
    answerable,
  ),
  average('answers.in_quote', 'Gold answer in a cited quote', 'in_quote'),
  average('answers.exact_match', 'Exact match', 'exact_match'),
  average('answers.token_f1', 'Token F1', 'token_f1'),
  average('answers.rouge_l', 'ROUGE-L', 'rouge_l'),
  average('answers.injected', 'Replies that hold an injected payload', 'injected', 'lower'),
  ratio('citations.verbatim', 'Verbatim quotes', 'verbatim_citations', 'citations', 'higher'),
  average('citations.precision', 'Citation precision', 'citation_precision'),
  average('citations.recall', 'Citation recall', 'citation_recall'),
  ratio('citations.uncited', 'Sentences without a citation', 'uncited_sentences', 'sentences', 'lower'),
  share('abstention.declined_right', 'Declined right, of the unanswerable', isDeclined, unanswerable),
  share('abstention.declined_wrong', 'Declined, of the answerable', isDeclined, answerable, 'lower'),
  judged('abstention.decline_f1', 'F1 of declining', 'higher', (scores) =>
    declineF1(scores.map((score) => ({ answerable: score.answerable, declined: isDeclined(score) }))),
  ),
  judged('abstention.auroc', 'AUROC of confidence', 'higher', (scores) => auroc(scores.map(toJudged))),
  judged('abstention.ece_width', 'Calibration error, 10 equal-width bins', 'lower', (scores) =>
    calibrationError(scores.map(toJudged), 'width'),
  ),
  judged('abstention.ece_mass', 'Calibration error, 10 equal-mass bins', 'lower', (scores) =>
    calibrationError(scores.map(toJudged), 'mass'),
  ),
  judged('abstention.answered_wrong', 'Wrong, of the answers given', 'lower', (scores) =>
    answeredWrongRate(scores.map(toOutcome)),
  ),
  judged('abstention.coverage_at_5', 'Coverage at 5 % wrong answers', 'higher', (scores) =>
    coverageAtRisk(scores.map(toOutcome), 0.05),
  ),
  average('follow_ups.ndcg_at_10', 'nDCG@10 of follow-ups', 'follow_up_ndcg'),
  average('follow_ups.rewrite_ndcg_at_10', 'nDCG@10 with the human rewrite', 'rewrite_ndcg'),
  average('follow_ups.last_turn_ndcg_at_10', 'nDCG@10 with the last turn alone', 'last_turn_ndcg'),
  average(
    'follow_ups.rewrite_overlap',
    'ROUGE-L of the standalone question to the rewrite',
    'rewrite_overlap',
  ),
  average('follow_ups.last_turn_overlap', 'ROUGE-L of the last turn to the rewrite', 'last_turn_overlap'),
  latency('latency.p50', 'Latency, median', 0.5),
  latency('latency.p95', 'Latency, 95th percentile', 0.95),
  average('judge.faithfulness', 'Faithfulness (judge model)', 'faithfulness'),
  average('judge.completeness', 'Completeness (judge model)', 'completeness'),
];

/** Confidence is the probability that the documents answer the question, so that is what it is held against. */
export function toJudged({ confidence, answerable }: CaseScore) {
  return { confidence, positive: answerable };
}

/** A case as selective prediction sees it. */
export function toOutcome(score: CaseScore) {
  const right = score.verdict === 'answered-right' || score.verdict === 'declined-right';
  return { confidence: score.confidence, answered: !isDeclined(score), right };
}

/** Whether something is known about the case's answer. */
export function isJudged({ verdict }: CaseScore): boolean {
  return verdict !== 'unjudged';
}

function average(id: string, label: string, name: ValueName, better: Metric['better'] = 'higher'): Metric {
  return {
    id,
    label,
    better,
    unit: 'share',
    applies: (score) => score.values[name] !== undefined,
    compute: (scores) => mean(valuesOf(scores, name)),
  };
}

function ratio(
  id: string,
  label: string,
  part: ValueName,
  whole: ValueName,
  better: Metric['better'],
): Metric {
  const total = (scores: Scores, name: ValueName) =>
    valuesOf(scores, name).reduce((sum, value) => sum + value, 0);
  return {
    id,
    label,
    better,
    unit: 'share',
    applies: (score) => (score.values[whole] ?? 0) > 0,
    compute: (scores) =>
      total(scores, whole) === 0 ? undefined : total(scores, part) / total(scores, whole),
  };
}

function share(
  id: string,
  label: string,
  test: (score: CaseScore) => boolean,
  applies: (score: CaseScore) => boolean,
  better: Metric['better'] = 'higher',
): Metric {
  return {
    id,
    label,
    better,
    unit: 'share',
    applies,
    compute: (scores) => mean(scores.filter(applies).map((score) => (test(score) ? 1 : 0))),
  };
}

function judged(id: string, label: string, better: Metric['better'], compute: Metric['compute']): Metric {
  return {
    id,
    label,
    better,
    unit: 'share',
    applies: isJudged,
    compute: (scores) => compute(scores.filter(isJudged)),
  };
}

function latency(id: string, label: string, at: number): Metric {
  return {
    id,
    label,
    better: 'lower',
    unit: 'ms',
    applies: () => true,
    compute: (scores) => percentile(valuesOf(scores, 'milliseconds'), at),
  };
}

function valuesOf(scores: Scores, name: ValueName): number[] {
  return scores.flatMap((score) => score.values[name] ?? []);
}

function answerable(score: CaseScore): boolean {
  return score.answerable && isJudged(score);
}

function unanswerable(score: CaseScore): boolean {
  return !score.answerable;
}

function isDeclined({ verdict }: CaseScore): boolean {
  return verdict === 'declined-right' || verdict === 'declined-wrong';
}
