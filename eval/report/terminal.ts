import pc from 'picocolors';
import type { EvalReport } from './eval-report.ts';
import { formatDelta, formatMetric } from './format.ts';

/** The run on one screen: metrics with intervals and changes, verdicts, what the gate said. */
export function renderTerminal(report: EvalReport): string {
  return [
    pc.bold(`${report.dataset}, ${report.results.length} cases, ${report.system}`),
    ...metricLines(report),
    '',
    verdictLine(report),
    ...gateLines(report),
    '',
  ].join('\n');
}

function metricLines({ metrics, comparison }: EvalReport): string[] {
  let group = '';
  return metrics.flatMap((metric) => {
    if (metric.status === 'not-applicable') return [];
    const [name = ''] = metric.id.split('.');
    const heading = name === group ? [] : ['', pc.bold(name.replaceAll('_', ' '))];
    group = name;
    const { value, interval } = formatMetric(metric);
    const found = comparison?.metrics.find((difference) => difference.id === metric.id);
    const delta = found ? paint(found.change, formatDelta(found.delta)) : '';
    return [
      ...heading,
      `  ${metric.label.padEnd(52)} ${value.padStart(9)}  ${pc.dim(interval.padEnd(17))} ${delta}`,
    ];
  });
}

function verdictLine({ verdicts, comparison }: EvalReport): string {
  const counts = Object.entries(verdicts).filter(([, count]) => count > 0);
  const flips = comparison ? `; ${comparison.flips.length} changed against the baseline` : '';
  return `${counts.map(([verdict, count]) => `${count} ${verdict.replace('-', ' ')}`).join(', ')}${flips}`;
}

function gateLines({ gate }: EvalReport): string[] {
  if (gate === undefined) return [];
  const mark = {
    pass: pc.green('pass'),
    short: pc.yellow('short of goal'),
    fail: pc.red('FAIL'),
    'not-run': pc.yellow('not run'),
  };
  const shown = gate.checks.filter((check) => check.outcome !== 'pass');
  const passed = gate.checks.filter(({ outcome }) => outcome === 'pass' || outcome === 'short').length;
  return [
    '',
    ...shown.map((check) => `${mark[check.outcome]}  ${check.name}: ${check.message}`),
    `${gate.passed ? pc.green('Gate passed') : pc.red('Gate failed')}: ${passed} of ${gate.checks.length} checks passed.`,
  ];
}

function paint(change: 'better' | 'worse' | 'same', text: string): string {
  if (change === 'same') return pc.dim(text);
  return change === 'better' ? pc.green(text) : pc.red(text);
}
