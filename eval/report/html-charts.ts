import type { ReliabilityBin } from '../metrics/calibration-error.ts';
import type { RiskCoveragePoint } from '../metrics/risk-coverage.ts';

const SIZE = { width: 420, height: 280, left: 48, right: 14, top: 12, bottom: 42 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Confidence against truth, a bar a bin, with the diagonal of perfect calibration; SVG with a text alternative. */
export function reliabilityChart(bins: readonly ReliabilityBin[]): string {
  const bars = bins.map((bin) => {
    const [left, right] = [x(bin.from) + 1, x(bin.to) - 1];
    const hint = `confidence ${bin.meanConfidence.toFixed(2)}, answerable ${bin.positiveShare.toFixed(2)}, ${bin.count} cases`;
    return (
      `<g><title>${hint}</title><rect class="bar" x="${left}" y="${y(bin.positiveShare)}" width="${Math.max(1, right - left)}"` +
      ` height="${y(0) - y(bin.positiveShare)}"/><circle class="dot" cx="${x(bin.meanConfidence)}" cy="${y(bin.positiveShare)}" r="3.5"/></g>`
    );
  });
  const diagonal = `<line class="reference" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`;
  return frame('Reliability diagram', 'confidence', 'share answerable', 1, bars.join('') + diagonal);
}

/** Share of wrong answers against the share of questions answered, as the confidence threshold falls. */
export function riskCoverageChart(points: readonly RiskCoveragePoint[]): string {
  const top = points.reduce((highest, point) => Math.max(highest, point.risk), 0.1);
  const scale = Math.min(1, Math.ceil(top * 10) / 10);
  const path = points.map(
    (point, index) => `${index === 0 ? 'M' : 'L'}${x(point.coverage)} ${y(point.risk / scale)}`,
  );
  const limit = y(0.05 / scale);
  const reference = `<line class="reference" x1="${x(0)}" y1="${limit}" x2="${x(1)}" y2="${limit}"/><text class="note" x="${x(1)}" y="${limit - 5}" text-anchor="end">5 % wrong</text>`;
  const body = `<path class="curve" d="${path.join(' ')}"/>${reference}`;
  return frame('Risk–coverage curve', 'coverage (share answered)', 'share wrong', scale, body);
}

function frame(title: string, xLabel: string, yLabel: string, yScale: number, body: string): string {
  const { width, height, left, bottom } = SIZE;
  const grid = TICKS.map(
    (tick) =>
      `<line class="grid" x1="${x(0)}" y1="${y(tick)}" x2="${x(1)}" y2="${y(tick)}"/>` +
      `<text class="tick" x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${trim(tick * yScale)}</text>` +
      `<text class="tick" x="${x(tick)}" y="${height - bottom + 18}" text-anchor="middle">${trim(tick)}</text>`,
  );
  return (
    `<figure><figcaption>${title}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: ${yLabel} by ${xLabel}">` +
    `${grid.join('')}${body}<text class="axis" x="${(x(0) + x(1)) / 2}" y="${height - 6}" text-anchor="middle">${xLabel}</text>` +
    `<text class="axis" transform="translate(12 ${(y(0) + y(1)) / 2}) rotate(-90)" text-anchor="middle">${yLabel}</text></svg></figure>`
  );
}

function x(share: number): number {
  return round(SIZE.left + share * (SIZE.width - SIZE.left - SIZE.right));
}

function y(share: number): number {
  return round(SIZE.top + (1 - share) * (SIZE.height - SIZE.top - SIZE.bottom));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function trim(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
