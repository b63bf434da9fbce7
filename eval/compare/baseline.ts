import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { IbidError } from '../../src/model/errors.ts';
import { type CaseScore, caseScore } from '../score/case-score.ts';
import { compactScore } from '../score/compact-score.ts';
import type { MetricResult } from '../score/summarise.ts';

const baseline = z.object({
  dataset: z.string(),
  system: z.string(),
  /** The judge model, where there was one. */
  judge: z.string().optional(),
  /** Metric id → value. */
  summary: z.record(z.string(), z.number()),
  cases: z.array(caseScore),
});

/** A run that later runs are held against: its figures, and its case scores for a paired test. */
export type Baseline = z.infer<typeof baseline>;

/** Undefined where the file is not there; throws `bad_request` where it is no baseline. */
export async function readBaseline(path: string): Promise<Baseline | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return baseline.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new IbidError(
      'bad_request',
      `${path} is not a baseline of this version. Record it anew with --update-baseline.`,
      { cause },
    );
  }
}

/** Records a run as the baseline, one case a line, so that a change of it reads well in a diff. Times are left out. */
export async function writeBaseline(
  path: string,
  run: {
    readonly dataset: string;
    readonly system: string;
    readonly judge?: { readonly model: string };
    readonly scores: readonly CaseScore[];
    readonly metrics: readonly MetricResult[];
  },
): Promise<void> {
  const summary: Record<string, number> = {};
  for (const metric of run.metrics) {
    if (metric.status === 'measured' && metric.unit === 'share') summary[metric.id] = round(metric.value);
  }
  const judge = run.judge ? { judge: run.judge.model } : {};
  const head = { dataset: run.dataset, system: run.system, ...judge, summary };
  const cases = run.scores.map((score) => JSON.stringify(compactScore(score)));
  const text = `${JSON.stringify(head, undefined, 1).slice(0, -2)},\n "cases": [\n${cases.join(',\n')}\n]}\n`;
  await writeFile(path, text);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
