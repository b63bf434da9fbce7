/** An outcome in order of trust: was it answered, was the answer right, how sure was it. */
export interface Outcome {
  readonly confidence: number;
  readonly answered: boolean;
  readonly right: boolean;
}

/** Answering the most confident `coverage` share of all questions has a `risk` share of wrong answers. */
export interface RiskCoveragePoint {
  readonly coverage: number;
  readonly risk: number;
  /** Confidence from which on is answered. */
  readonly threshold: number;
}

/**
 * Risk at each coverage that a confidence threshold can reach, ascending in coverage. Coverage counts over all questions,
 * the declined ones included, so it ends at the share answered; equal confidences are answered together.
 * Source: El-Yaniv & Wiener 2010, "On the Foundations of Noise-free Selective Classification".
 */
export function riskCoverage(outcomes: readonly Outcome[]): RiskCoveragePoint[] {
  const answered = outcomes.filter((outcome) => outcome.answered);
  answered.sort((a, b) => b.confidence - a.confidence);
  const points: RiskCoveragePoint[] = [];
  let wrong = 0;
  answered.forEach((outcome, index) => {
    if (!outcome.right) wrong += 1;
    if (answered[index + 1]?.confidence === outcome.confidence) return;
    points.push({
      coverage: (index + 1) / outcomes.length,
      risk: wrong / (index + 1),
      threshold: outcome.confidence,
    });
  });
  return points;
}

/** The largest coverage in [0, 1] at which at most `risk` of the answers are wrong, 0 where none is; undefined for no cases. */
export function coverageAtRisk(outcomes: readonly Outcome[], risk: number): number | undefined {
  if (outcomes.length === 0) return undefined;
  const within = riskCoverage(outcomes).filter((point) => point.risk <= risk);
  return within.at(-1)?.coverage ?? 0;
}
