import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EvalCommandOptions, runEvalCommand } from './command.ts';
import { createFakeSystem, type Faults } from './testing/fake-system.ts';
import { writeHarbourData } from './testing/harbour-data.ts';

const THRESHOLDS = {
  metrics: {
    'answers.right': { min: 0.9, goal: 0.95 },
    'abstention.declined_right': { min: 0.9 },
    'citations.verbatim': { min: 1 },
    'judge.faithfulness': { min: 0.9 },
  },
  regressions: ['retrieval.ndcg_at_10', 'answers.right', 'citations.precision'],
};
const NO_LIMITS = { metrics: {}, regressions: THRESHOLDS.regressions };

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-eval-'));
  await writeHarbourData(join(folder, 'data'));
  await writeFile(join(folder, 'thresholds.json'), JSON.stringify(THRESHOLDS));
  await writeFile(join(folder, 'no-limits.json'), JSON.stringify(NO_LIMITS));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function evaluate(faults: Faults = {}, extra: Partial<EvalCommandOptions> = {}) {
  const printed: string[] = [];
  const system = createFakeSystem({ id: JSON.stringify(Object.keys(faults)), ...faults });
  const options = {
    data: join(folder, 'data'),
    out: join(folder, 'reports'),
    cacheDirectory: join(folder, 'cache'),
    baseline: join(folder, 'baseline.json'),
    thresholds: join(folder, 'thresholds.json'),
    json: true,
    ...extra,
  };
  const code = await runEvalCommand(options, {
    system,
    openFolder: () => {
      throw new Error('not used');
    },
    openConversations: () => Promise.reject(new Error('not used')),
    write: (text) => printed.push(text),
    writeProgress: () => undefined,
    live: false,
    now: () => new Date(0),
    signal: new AbortController().signal,
  });
  return { code, system, report: JSON.parse(printed.join('')) };
}

const failed = (report: { gate: { checks: { name: string; outcome: string }[] } }) =>
  report.gate.checks.filter((check) => check.outcome === 'fail').map((check) => check.name);

const broken: Record<string, Faults> = {
  retriever: { retriever: (ranked) => ranked.slice(1) },
  reader: { reader: (sentences) => sentences[0] },
  citer: { citer: (citation) => ({ ...citation, start: citation.start + 1, end: citation.end + 1 }) },
};

describe('runEvalCommand', () => {
  it('passes a sound system, and says of a judge that is not there that it did not run', async () => {
    const { code, report } = await evaluate();
    expect(failed(report)).toEqual([]);
    expect(code).toBe(0);
    const judge = report.gate.checks.find((check: { name: string }) => check.name.includes('judge'));
    expect(judge.outcome).toBe('not-run');
    expect(report.verdicts).toMatchObject({ 'answered-right': 30, 'declined-right': 10 });
  });

  it.each(Object.entries(broken))('fails the gate for a broken %s by its thresholds', async (_, faults) => {
    const { code, report } = await evaluate(faults);
    expect(failed(report).length).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  it.each(['retriever', 'reader'])('fails the gate for a broken %s as a regression alone', async (part) => {
    await evaluate({}, { updateBaseline: true });
    const { code, report } = await evaluate(broken[part], { thresholds: join(folder, 'no-limits.json') });
    expect(failed(report)).toContain('regression answers.right');
    expect(report.comparison.flips.length).toBeGreaterThan(20);
    expect(code).toBe(1);
  });

  it('finds no difference to a baseline of the same system', async () => {
    await evaluate({}, { updateBaseline: true });
    const { code, report } = await evaluate();
    expect(report.comparison.flips).toEqual([]);
    expect(report.comparison.metrics.every((metric: { change: string }) => metric.change === 'same')).toBe(
      true,
    );
    expect(code).toBe(0);
  });

  it('a citer that points into another document fails citation precision', async () => {
    await evaluate({}, { updateBaseline: true });
    const astray: Faults = { citer: (citation) => ({ ...citation, doc_id: 'town-0' }) };
    const { report } = await evaluate(astray, { thresholds: join(folder, 'no-limits.json') });
    expect(failed(report)).toContain('regression citations.precision');
  });

  it('goes on where an interrupted run stood, and begins anew for another system', async () => {
    const predictions = join(folder, 'predictions.jsonl');
    const first = await evaluate({}, { predictions });
    expect(first.system.asked.length).toBe(40);
    const text = await readFile(predictions, 'utf8');
    const rows = text.trimEnd().split('\n');
    await writeFile(predictions, `${rows.slice(0, 25).join('\n')}\n${rows[25]?.slice(0, 30)}`);
    const second = await evaluate({}, { predictions });
    expect(second.system.asked.length).toBe(15);
    expect(await readFile(predictions, 'utf8')).toBe(text);
    expect(second.report.metrics).toEqual(first.report.metrics);
    const other = await evaluate({ id: 'another' }, { predictions });
    expect(other.system.asked.length).toBe(40);
  });

  it('writes prediction lines with the fields of the contract', async () => {
    const predictions = join(folder, 'predictions.jsonl');
    await evaluate({}, { predictions, limit: 1 });
    const line = JSON.parse(await readFile(predictions, 'utf8'));
    expect(Object.keys(line)).toEqual([
      'query_id',
      'standalone_question',
      'ranked',
      'status',
      'confidence',
      'text',
      'citations',
      'timing_ms',
    ]);
    const quote = 'The harbour of Arlen was opened in 1801.';
    const start = 'Arlen lies on the northern shore. '.length;
    expect(line.citations).toEqual([{ doc_id: 'town-0', start, end: start + quote.length, quote }]);
  });

  it('refuses a baseline of some of the cases, and one of another data set', async () => {
    await expect(evaluate({}, { updateBaseline: true, limit: 3 })).rejects.toThrow(/needs all cases/);
    await writeFile(
      join(folder, 'baseline.json'),
      JSON.stringify({ dataset: 'other', system: 'x', summary: {}, cases: [] }),
    );
    await expect(evaluate()).rejects.toThrow(/baseline of other/);
  });

  it('names the faults of a thresholds file', async () => {
    await writeFile(
      join(folder, 'thresholds.json'),
      '{"metrics": {"answers.rigth": {"min": 1}}, "regressions": []}',
    );
    await expect(evaluate()).rejects.toThrow(/answers\.rigth.*Known metrics/);
  });
});
