import { percentile } from '../../eval/metrics/percentile.ts';
import type { BenchResults } from '../results.ts';
import { quantity } from './quantity.ts';
import type { Row, Unit } from './rows.ts';

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly written: string;
  readonly ours: boolean;
}

interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Where the requirement lies, when the panel has one. */
  readonly line?: number;
}

const WIDTH = 760;
const LABEL_WIDTH = 250;
const BAR_WIDTH = 330;
const ROW_HEIGHT = 28;
const PANEL_GAP = 34;
/** Legible on white and on near-black: at least 4:1 on both. */
const INK = '#7b7f86';
const OURS = '#2f81d7';
const THEIRS = '#9a8f80';

/** The chart of the report, as an SVG document without a background of its own. */
export function toChart(results: BenchResults, rows: readonly Row[]): string {
  let top = 10;
  const drawn = panelsOf(results, rows).map((panel) => {
    const svg = drawPanel(panel, top);
    top += PANEL_GAP + panel.bars.length * ROW_HEIGHT + 14;
    return svg;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="14" fill="${INK}">`,
    '<title id="title">Ibid and two peers: ingest, retrieval, and how much of each limit is used</title>',
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function panelsOf({ ingest, search }: BenchResults, rows: readonly Row[]): Panel[] {
  const bars = (unit: Unit, entries: readonly (readonly [string, readonly number[]])[]) =>
    entries.map(([label, values]) => {
      const value = percentile(values, 0.5) ?? 0;
      return { label, value, written: quantity(value, unit), ours: label.startsWith('Ibid') };
    });
  const speed = ingest.tokensPerSecond;
  return [
    {
      title: 'Ingest: tokens a second (longer is better)',
      bars: bars('tokens/s', [
        ['Ibid, int8', speed.ibidInt8],
        ['Ibid, fp32', speed.ibid],
        ['B: LangChain, transformers.js', speed.b],
        ['A: LangChain, @lat.md/embed', speed.a],
      ]),
    },
    {
      title: `One question retrieved among ${search.passages.toLocaleString('en-GB')} passages: p50 (shorter is better)`,
      bars: bars('ms', [
        ['Ibid, hybrid', search.all.ibid],
        ['B: LangChain, transformers.js', search.all.b],
        ['A: LangChain, @lat.md/embed', search.all.a],
      ]),
    },
    {
      title: 'Share of each limit that is used (shorter is better; the line is the limit)',
      line: 1,
      bars: rows.flatMap(limitUsed),
    },
  ];
}

const LIMITS: Readonly<Record<string, string>> = {
  ask: 'Question to verified answer',
  scale: 'Large index against small',
  memory: 'Resident memory, large index',
  reingest: 'Ingest again, unchanged',
  'cold-start': 'Cold start to first answer',
};

function limitUsed({ id, bound, value, unit }: Row): Bar[] {
  const label = LIMITS[id];
  if (label === undefined || value === undefined || !('atMost' in bound)) return [];
  const written = `${quantity(value, unit)} of ${quantity(bound.atMost, unit)}`;
  return [{ label, value: value / bound.atMost, written, ours: true }];
}

function drawPanel({ title, bars, line }: Panel, top: number): string {
  const longest = Math.max(line ?? 0, ...bars.map((bar) => bar.value)) || 1;
  const scale = BAR_WIDTH / longest;
  const first = top + PANEL_GAP;
  const drawn = bars.map((bar, index) => drawBar(bar, first + index * ROW_HEIGHT, scale));
  const x = round(LABEL_WIDTH + (line ?? 0) * scale);
  const mark =
    line === undefined
      ? []
      : [
          `<line x1="${x}" y1="${first - 4}" x2="${x}" y2="${first + bars.length * ROW_HEIGHT}" stroke="${INK}" stroke-dasharray="4 3"/>`,
        ];
  return [
    `<text x="10" y="${top + 18}" font-weight="600">${escapeXml(title)}</text>`,
    ...drawn,
    ...mark,
  ].join('\n');
}

function drawBar({ label, value, written, ours }: Bar, y: number, scale: number): string {
  const width = round(Math.max(1, value * scale));
  return [
    `<text x="${LABEL_WIDTH - 10}" y="${y + 16}" text-anchor="end">${escapeXml(label)}</text>`,
    `<rect x="${LABEL_WIDTH}" y="${y + 2}" width="${width}" height="${ROW_HEIGHT - 8}" rx="3" fill="${ours ? OURS : THEIRS}"/>`,
    `<text x="${round(LABEL_WIDTH + width + 8)}" y="${y + 16}">${escapeXml(written)}</text>`,
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
