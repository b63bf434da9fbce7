import type { Flip } from '../compare/compare.ts';
import type { CaseResult } from '../run/run.ts';
import type { MetricResult } from '../score/summarise.ts';
import { escapeMarkup } from './escape-markup.ts';
import type { EvalReport } from './eval-report.ts';
import { formatDelta, formatMetric } from './format.ts';
import { renderCase } from './html-case.ts';
import { reliabilityChart, riskCoverageChart } from './html-charts.ts';
import { SCRIPT } from './html-script.ts';
import { STYLE } from './html-style.ts';

/** Cases in one page; of a larger run, those that changed or are wrong come first. */
const CASES_SHOWN = 600;

/**
 * The run as one self-contained page to look through. Everything from data is escaped, and its content security policy
 * forbids the browser to load anything.
 */
export function renderHtml(report: EvalReport): string {
  const flips = new Map(report.comparison?.flips.map((flip) => [flip.id, flip]));
  const shown = chooseCases(report.results, flips);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Eval: ${escapeMarkup(report.dataset)}</title><style>${STYLE}</style></head><body><main>
<h1>Eval: ${escapeMarkup(report.dataset)}</h1>
<p class="sub">${report.results.length} cases · ${escapeMarkup(report.system)} · ${escapeMarkup(report.createdAt)}</p>
${renderGate(report)}
<div class="grid2">${renderMetrics(report)}</div>
<h2>How far confidence can be trusted</h2>
<div class="grid2">${reliabilityChart(report.reliability)}${riskCoverageChart(report.riskCoverage)}</div>
<h2>Cases</h2>
${renderFilters(report)}
${shown.length < report.results.length ? `<p class="sub">The page holds ${shown.length} of ${report.results.length} cases: changed and wrong ones first. report.json has all.</p>` : ''}
<div id="cases">${shown.map((result) => renderCase(result, flips.get(result.evalCase.id))).join('\n')}</div>
</main><script>${SCRIPT}</script></body></html>
`;
}

function chooseCases(
  results: readonly CaseResult[],
  flips: ReadonlyMap<string, Flip>,
): readonly CaseResult[] {
  if (results.length <= CASES_SHOWN) return results;
  const rank = ({ evalCase, score }: CaseResult) => {
    if (flips.has(evalCase.id)) return 0;
    return score.verdict.endsWith('wrong') ? 1 : 2;
  };
  return [...results].sort((a, b) => rank(a) - rank(b)).slice(0, CASES_SHOWN);
}

const GATE_WORDS = {
  pass: 'passed',
  short: 'short of its goal',
  fail: '<b>failed</b>',
  'not-run': 'not run',
};

function renderGate({ gate }: EvalReport): string {
  if (gate === undefined) return '<p class="gate">No gate: thresholds belong to the own cases.</p>';
  const open = gate.checks.filter((check) => check.outcome !== 'pass');
  const rows = open.map(
    ({ name, outcome, message }) =>
      `<li>${GATE_WORDS[outcome]}: ${escapeMarkup(name)}: ${escapeMarkup(message)}</li>`,
  );
  const passed = gate.checks.filter(({ outcome }) => outcome === 'pass' || outcome === 'short').length;
  return `<div class="gate ${gate.passed ? 'pass' : 'fail'}"><b>Gate ${gate.passed ? 'passed' : 'failed'}</b>, ${passed} of ${gate.checks.length} checks passed${rows.length > 0 ? `<ul>${rows.join('')}</ul>` : ''}</div>`;
}

function renderMetrics(report: EvalReport): string {
  const groups = new Map<string, MetricResult[]>();
  for (const metric of report.metrics.filter(({ status }) => status !== 'not-applicable')) {
    const [group = ''] = metric.id.split('.');
    groups.set(group, [...(groups.get(group) ?? []), metric]);
  }
  return [...groups]
    .map(([group, metrics]) => {
      const rows = metrics.map((metric) => renderMetric(metric, report)).join('');
      return `<section class="card"><h2>${escapeMarkup(group.replaceAll('_', ' '))}</h2><table>${rows}</table></section>`;
    })
    .join('');
}

function renderMetric(metric: MetricResult, { comparison }: EvalReport): string {
  const { value, interval } = formatMetric(metric);
  const found = comparison?.metrics.find((difference) => difference.id === metric.id);
  const delta = found ? `<span class="${found.change}">${formatDelta(found.delta)}</span>` : '';
  const range = `range${metric.status === 'not-run' ? ' reason' : ''}`;
  return `<tr><td>${escapeMarkup(metric.label)}</td><td class="value">${value}</td><td class="${range}">${escapeMarkup(interval)}</td><td>${delta}</td></tr>`;
}

function renderFilters({ verdicts, tags, comparison }: EvalReport): string {
  const chips = Object.entries(verdicts)
    .filter(([, count]) => count > 0)
    .map(
      ([verdict, count]) =>
        `<label class="chip"><input type="checkbox" name="verdict" value="${verdict}">${verdict.replace('-', ' ')} ${count}</label>`,
    );
  const options = tags.map(
    ({ tag, cases, right }) =>
      `<option value="${escapeMarkup(tag)}">${escapeMarkup(tag)} (${right}/${cases} right)</option>`,
  );
  const changed = comparison
    ? `<label class="chip"><input type="checkbox" name="changed">changed ${comparison.flips.length}</label>`
    : '';
  return (
    `<form id="filters">${chips.join('')}${changed}<select name="tag" aria-label="Tag"><option value="">all tags</option>${options.join('')}</select>` +
    `<input type="search" name="words" placeholder="Words in question or answer" aria-label="Words"><button type="reset">Reset</button><output id="shown"></output></form>`
  );
}
