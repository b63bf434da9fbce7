import type { Comparison } from '../compare/compare.ts';
import type { GateResult } from '../gate/gate.ts';
import { type ReliabilityBin, reliabilityBins } from '../metrics/calibration-error.ts';
import { type RiskCoveragePoint, riskCoverage } from '../metrics/risk-coverage.ts';
import type { CaseResult, RunResult } from '../run/run.ts';
import { type CaseScore, VERDICTS, type Verdict } from '../score/case-score.ts';
import { isJudged, toJudged, toOutcome } from '../score/metrics.ts';
import { type JudgeStatement, type MetricResult, summarise } from '../score/summarise.ts';

interface TagSummary {
  readonly tag: string;
  readonly cases: number;
  /** Answered or declined, as was right. */
  readonly right: number;
}

/** What a run came to: `results` for looking through, the rest for reading and for machines. */
export interface EvalReport {
  readonly dataset: string;
  readonly system: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly metrics: readonly MetricResult[];
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly tags: readonly TagSummary[];
  readonly reliability: readonly ReliabilityBin[];
  readonly riskCoverage: readonly RiskCoveragePoint[];
  readonly comparison?: Comparison;
  readonly gate?: GateResult;
  readonly judge?: JudgeStatement;
  readonly results: readonly CaseResult[];
}

/** Sums a run up; comparison and gate are added by who has a baseline and thresholds. */
export function buildReport(run: RunResult, createdAt: string, judge?: JudgeStatement): EvalReport {
  const scores = run.results.map((result) => result.score);
  const judged = scores.filter(isJudged);
  return {
    dataset: run.dataset,
    system: run.system,
    createdAt,
    metrics: summarise(scores, judge),
    ...(judge ? { judge } : {}),
    verdicts: countVerdicts(scores),
    tags: summariseTags(scores),
    reliability: reliabilityBins(judged.map(toJudged), 'width'),
    riskCoverage: riskCoverage(judged.map(toOutcome)),
    results: run.results,
  };
}

/** The report as a machine reads it: scores in place of texts. */
export function toJson({ results, ...report }: EvalReport): object {
  return { ...report, cases: results.map((result) => result.score) };
}

function countVerdicts(scores: readonly CaseScore[]): Record<Verdict, number> {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of scores) counts[verdict] += 1;
  return counts;
}

function summariseTags(scores: readonly CaseScore[]): TagSummary[] {
  const tags = new Map<string, { cases: number; right: number }>();
  for (const { tags: own, verdict } of scores) {
    for (const tag of own) {
      const { cases, right } = tags.get(tag) ?? { cases: 0, right: 0 };
      tags.set(tag, { cases: cases + 1, right: right + Number(verdict.endsWith('right')) });
    }
  }
  return [...tags].map(([tag, counts]) => ({ tag, ...counts })).sort((a, b) => a.tag.localeCompare(b.tag));
}
