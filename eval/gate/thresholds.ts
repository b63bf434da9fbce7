import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { IbidError } from '../../src/model/errors.ts';
import { METRICS } from '../score/metrics.ts';

const KNOWN = new Set(METRICS.map((metric) => metric.id));

const thresholds = z.strictObject({
  /** Metric id → what it must reach now, and the goal that it is to reach one day, which fails nothing. */
  metrics: z.record(
    z.string().refine((id) => KNOWN.has(id), 'no such metric'),
    z.strictObject({
      min: z.number().optional(),
      max: z.number().optional(),
      goal: z.number().optional(),
    }),
  ),
  /** Metrics whose significant worsening against the baseline fails the gate. */
  regressions: z.array(z.string().refine((id) => KNOWN.has(id), 'no such metric')),
});

export type Thresholds = z.infer<typeof thresholds>;

/** Reads a thresholds file; throws `config_invalid` naming every fault in it. */
export async function readThresholds(path: string): Promise<Thresholds> {
  const parsed = thresholds.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new IbidError(
    'config_invalid',
    `${path}: ${faults.join('; ')}. Known metrics: ${[...KNOWN].join(', ')}.`,
  );
}
