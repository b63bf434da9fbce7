import type { EvalReport } from './eval-report.ts';
import { formatDelta, formatMetric } from './format.ts';

/** Flipped cases that are listed by name; the rest are counted. */
const FLIPS_LISTED = 20;

/** The run as a pull-request comment: gate, metrics with deltas against the baseline, flipped cases. */
export function renderMarkdown(report: EvalReport): string {
  return `${[gateSection(report), metricTable(report), flipSection(report), tagSection(report)]
    .filter((section) => section !== '')
    .join('\n\n')}\n`;
}

const MARKS = { pass: '✅', short: '🟡 short of its goal:', fail: '❌', 'not-run': '⚪ not run:' };

function gateSection({ dataset, system, results, gate }: EvalReport): string {
  const head = `## Eval: ${cell(dataset)}\n\n${results.length} cases, ${cell(system)}`;
  if (gate === undefined) return head;
  const rows = gate.checks
    .filter((check) => check.outcome !== 'pass')
    .map((check) => `- ${MARKS[check.outcome]} ${cell(check.name)}: ${cell(check.message)}`);
  const verdict = gate.passed ? '✅ **Gate passed**' : '❌ **Gate failed**';
  return [head, verdict, rows.join('\n')].filter((part) => part !== '').join('\n\n');
}

function metricTable({ metrics, comparison }: EvalReport): string {
  const rows = metrics.map((metric) => {
    const { value, interval, cases } = formatMetric(metric);
    const found = comparison?.metrics.find((difference) => difference.id === metric.id);
    const mark = { better: ' 🟢', worse: ' 🔴', same: '' };
    const delta = found ? `${formatDelta(found.delta)}${mark[found.change]}` : '';
    return metric.status === 'not-applicable'
      ? []
      : [`| ${cell(metric.label)} | ${value} | ${interval} | ${delta} | ${cases} |`];
  });
  return [
    '| Metric | Value | 95 % interval | Δ baseline | Cases |',
    '|---|--:|---|--:|--:|',
    ...rows.flat(),
  ].join('\n');
}

function flipSection({ comparison }: EvalReport): string {
  if (comparison === undefined) return 'There is no baseline to compare with.';
  const { flips, shared, added, removed } = comparison;
  const head = `**${flips.length}** of ${shared} shared cases changed their verdict (${added} new, ${removed} gone).`;
  const order = { worse: 0, same: 1, better: 2 };
  const listed = [...flips].sort((a, b) => order[a.change] - order[b.change]).slice(0, FLIPS_LISTED);
  const rows = listed.map((flip) => `- ${flip.change}: \`${cell(flip.id)}\` ${flip.before} → ${flip.after}`);
  const rest = flips.length > listed.length ? [`- and ${flips.length - listed.length} more`] : [];
  return [head, [...rows, ...rest].join('\n')].filter((part) => part !== '').join('\n\n');
}

function tagSection({ tags }: EvalReport): string {
  const rows = tags.map(
    ({ tag, cases, right }) =>
      `| ${cell(tag)} | ${right} / ${cases} | ${((100 * right) / cases).toFixed(0)} % |`,
  );
  return [
    '<details><summary>By tag</summary>',
    '',
    '| Tag | Right | |',
    '|---|--:|--:|',
    ...rows,
    '',
    '</details>',
  ].join('\n');
}

/** Text that stays in its cell and is read as text: ids and tags come from data. */
function cell(text: string): string {
  return text.replace(/[\\|`*_[\]<>#]/g, '\\$&').replace(/\s+/g, ' ');
}
