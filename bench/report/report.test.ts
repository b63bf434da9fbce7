import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { BenchResults } from '../results.ts';
import { sizesOf } from '../sizes.ts';
import { toChart } from './chart.ts';
import { toMarkdown } from './markdown.ts';
import { quantity } from './quantity.ts';
import { isMet, toRows } from './rows.ts';

const RESULTS: BenchResults = {
  startedAt: '2030-01-01T00:00:00.000Z',
  elapsedSeconds: 300,
  machine: {
    processor: 'Example <fast> & wide',
    cores: 2,
    memoryGigabytes: 8,
    system: 'linux x64',
    node: 'v20.20.0',
    loadAtStart: 0.1,
    libraries: { 'hnswlib-node': '3.0.0' },
  },
  text: 'sample',
  sizes: sizesOf('full'),
  agreement: { a: 1, b: 1, int8: 0.99 },
  ingest: {
    tokensPerSecond: {
      ibid: [900, 800, 1000],
      ibidInt8: [1400, 1500, 1600],
      a: [100, 100, 100],
      b: [500, 500, 500],
    },
    tokens: [10, 20, 30],
  },
  smallIndex: {
    documents: 10_000,
    passages: 10_400,
    firstIngest: 100_000,
    reingests: [1000, 1100, 900],
    runtimeShare: 0.93,
  },
  search: {
    passages: 10_400,
    medians: { ibid: [2, 4], a: [20, 40], b: [3, 4] },
    all: { ibid: [2, 4], a: [20, 40], b: [3, 4] },
  },
  ask: { milliseconds: [10, 20, 60], answered: 2 },
  coldStarts: [1500, 2500, 1600],
  largeIndex: {
    passages: 104_000,
    smallMedians: [2, 2],
    largeMedians: [3, 5],
    recall: 0.979,
    residentBytes: 650e6,
  },
};

const rows = toRows(RESULTS);
const row = (id: string) => rows.find((each) => each.id === id);

describe('The rows', () => {
  test('hold each number against its requirement', () => {
    const met = Object.fromEntries(rows.map((each) => [each.id, isMet(each)]));
    expect(met).toEqual({
      'ingest-a': true,
      'ingest-int8-a': true,
      'ingest-b': true,
      'runtime-share': true,
      'search-a': true,
      'search-b': false,
      ask: true,
      scale: true,
      recall: false,
      memory: true,
      reingest: true,
      'cold-start': true,
    });
  });

  test('put the slower time over the faster one', () => {
    expect(row('ingest-a')?.value).toBe(9);
    expect(row('search-a')?.value).toBe(10);
    expect(row('search-b')?.value).toBe(1.25);
    expect(row('scale')?.value).toBe(2);
    expect(row('reingest')?.value).toBe(0.01);
    expect(row('cold-start')?.value).toBe(1.6);
  });

  test('are neither met nor missed when the large index was left out', () => {
    const { largeIndex: _, ...quick } = RESULTS;
    const left = toRows({ ...quick, sizes: sizesOf('quick') }).filter((each) => isMet(each) === undefined);
    expect(left.map((each) => each.id)).toEqual(['scale', 'recall', 'memory']);
  });
});

describe('The Markdown report', () => {
  test('has a line for every requirement, and says of each whether it is met', () => {
    const lines = toMarkdown(RESULTS, rows).split('\n');
    const tableLines = lines.filter((line) => rows.some((each) => line.startsWith(`| ${each.measure} |`)));
    expect(tableLines).toHaveLength(rows.length);
    expect(tableLines[0]).toBe(
      '| Ingest, default (fp32), against A | ≥ 8.00× | 900 tokens/s | 100 tokens/s | – | 9.00× | yes |',
    );
    expect(tableLines.filter((line) => line.endsWith('| **no** |'))).toHaveLength(2);
    for (const line of tableLines) expect(line.split('|')).toHaveLength(9);
  });

  test('warns of tiny, quick and disturbed runs, and only of these', () => {
    const written = (scale: 'full' | 'quick' | 'tiny', loadAtStart: number) =>
      toMarkdown({ ...RESULTS, sizes: sizesOf(scale), machine: { ...RESULTS.machine, loadAtStart } }, rows);
    expect(written('full', 0.1)).not.toMatch(/tiny run|quick run|was busy/);
    expect(written('tiny', 0.1)).toContain('no measurement');
    expect(written('quick', 0.1)).toContain('left out');
    expect(written('full', 5)).toContain('was busy');
  });
});

describe('The chart', () => {
  const svg = toChart(RESULTS, rows);

  test('is well-formed XML with a title', () => {
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(new XMLParser().parse(svg).svg.title).toContain('Ibid');
  });

  test('draws every bar within its frame, in proportion', () => {
    const [, width = '0', height = '0'] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    const bars = [...svg.matchAll(/<rect x="(\d+)" y="(\d+)" width="([\d.]+)"/g)].map((match) => ({
      right: Number(match[1]) + Number(match[3]),
      bottom: Number(match[2]),
      width: Number(match[3]),
    }));
    expect(bars).toHaveLength(4 + 3 + 5);
    for (const bar of bars) {
      expect(bar.right).toBeLessThan(Number(width) - 150);
      expect(bar.bottom).toBeLessThan(Number(height));
    }
    const [int8, fp32, , slow] = bars.map((bar) => bar.width);
    expect((int8 ?? 0) / (slow ?? 1)).toBeCloseTo(15, 1);
    expect((fp32 ?? 0) / (slow ?? 1)).toBeCloseTo(9, 1);
  });

  test('needs no background: its ink is legible on white and on black', () => {
    expect(svg).not.toMatch(/fill="(white|black|#fff|#000)/);
    const ink = /fill="(#[0-9a-f]{6})"/.exec(svg)?.[1] ?? '';
    expect(contrast(ink, '#ffffff')).toBeGreaterThan(3.9);
    expect(contrast(ink, '#0d1117')).toBeGreaterThan(3.9);
  });
});

test('quantities are written with their unit, and a dash where there is none', () => {
  expect([quantity(undefined, 'ms'), quantity(0.0123, 'share'), quantity(12_345.6, 'tokens/s')]).toEqual([
    '–',
    '1.2 %',
    '12,346 tokens/s',
  ]);
});

/** Contrast ratio by WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
