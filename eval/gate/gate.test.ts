import { describe, expect, it } from 'vitest';
import type { MetricResult } from '../score/summarise.ts';
import { gate } from './gate.ts';

const head = { label: 'x', better: 'higher', unit: 'share' } as const;
const metrics: MetricResult[] = [
  { ...head, id: 'answers.right', status: 'measured', value: 0.6, cases: 10 },
  { ...head, id: 'answers.injected', status: 'measured', value: 0.02, cases: 10 },
  { ...head, id: 'answers.exact_match', status: 'not-applicable' },
  { ...head, id: 'judge.faithfulness', status: 'not-run', reason: 'no judge' },
];

const outcomes = (limits: Parameters<typeof gate>[1]['metrics']) =>
  gate(metrics, { metrics: limits, regressions: [] }, undefined);

describe('gate', () => {
  it('passes what is short of its goal, and says so', () => {
    const { passed, checks } = outcomes({
      'answers.right': { min: 0.5, goal: 0.95 },
      'answers.injected': { max: 0.05, goal: 0 },
    });
    expect(passed).toBe(true);
    expect(checks.map((check) => check.outcome)).toEqual(['short', 'short']);
    expect(checks[0]?.message).toContain('goal 0.95');
  });

  it('a goal that is reached is a plain pass, and one beyond a missed threshold is a failure', () => {
    expect(outcomes({ 'answers.right': { min: 0.5, goal: 0.6 } }).checks[0]?.outcome).toBe('pass');
    const { passed, checks } = outcomes({ 'answers.right': { min: 0.7, goal: 0.95 } });
    expect([passed, checks[0]?.outcome]).toEqual([false, 'fail']);
  });

  it('fails a threshold on what no case measures; a judge that did not run is no pass', () => {
    expect(outcomes({ 'answers.exact_match': { min: 0.1 } }).passed).toBe(false);
    expect(outcomes({ 'judge.faithfulness': { min: 0.9 } }).checks[0]?.outcome).toBe('not-run');
  });
});
