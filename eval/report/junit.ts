import type { CaseResult } from '../run/run.ts';
import { escapeMarkup } from './escape-markup.ts';
import type { EvalReport } from './eval-report.ts';

/**
 * The run as JUnit XML: a suite for the gate's checks, which decide, and one for the cases, where a wrong one is reported
 * as skipped with a message, since a single wrong answer fails nothing by itself.
 * Source: https://github.com/testmoapp/junitxml.
 */
export function renderJunit(report: EvalReport): string {
  const suites = [gateSuite(report), caseSuite(report)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ibid eval">\n${suites.join('\n')}\n</testsuites>\n`;
}

function gateSuite({ gate }: EvalReport): string {
  const checks = gate?.checks ?? [];
  const rows = checks.map(({ name, outcome, message }) => {
    if (outcome === 'pass' || outcome === 'short') return testCase('gate', name, '');
    return testCase(
      'gate',
      name,
      `<${outcome === 'fail' ? 'failure' : 'skipped'} message="${escapeMarkup(message)}"/>`,
    );
  });
  const count = (outcome: string) => checks.filter((check) => check.outcome === outcome).length;
  return suite('gate', rows, count('fail'), count('not-run'));
}

function caseSuite({ results, dataset }: EvalReport): string {
  const wrong = results.filter(({ score }) => !score.verdict.endsWith('right'));
  const rows = results.map((result) =>
    testCase(dataset, result.evalCase.id, outcomeOf(result), result.prediction.timing_ms),
  );
  return suite(dataset, rows, 0, wrong.length);
}

function outcomeOf({ score, evalCase }: CaseResult): string {
  if (score.verdict.endsWith('right')) return '';
  return `<skipped message="${escapeMarkup(`${score.verdict}: ${evalCase.question}`)}"/>`;
}

function suite(name: string, rows: readonly string[], failures: number, skipped: number): string {
  const head = `<testsuite name="${escapeMarkup(name)}" tests="${rows.length}" failures="${failures}" errors="0" skipped="${skipped}">`;
  return [head, ...rows, '</testsuite>'].join('\n');
}

function testCase(group: string, name: string, body: string, milliseconds = 0): string {
  const seconds = (milliseconds / 1000).toFixed(4);
  return `<testcase classname="${escapeMarkup(group)}" name="${escapeMarkup(name)}" time="${seconds}">${body}</testcase>`;
}
