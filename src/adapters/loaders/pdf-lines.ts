/** A line of text on a page; distances in points, `y` grows upwards. */
export interface PdfLine {
  readonly text: string;
  readonly page: number;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  /** Font size of most of its characters. */
  readonly size: number;
}

/** The part of a pdf.js text item that counts. */
export interface PdfItem {
  readonly str: string;
  readonly width: number;
  /** Affine matrix `[a, b, c, d, x, y]`. */
  readonly transform: readonly number[];
  readonly hasEOL: boolean;
}

/** Joins the items of a page, in the order of its content, to lines. */
export function toLines(items: readonly PdfItem[], page: number): PdfLine[] {
  const lines: PdfLine[] = [];
  let row: PdfItem[] = [];
  const finish = () => {
    const text = row.map((item) => item.str).join('');
    if (text.trim() !== '') lines.push(measure(row, text, page));
    row = [];
  };
  for (const item of items) {
    const last = row.at(-1);
    if (last && item.str !== '' && Math.abs(yOf(item) - yOf(last)) > sizeOf(last)) finish();
    if (item.str !== '') row.push(item);
    if (item.hasEOL) finish();
  }
  finish();
  return lines;
}

/** Leaves out page numbers, and what stands at the top or bottom of at least half of three or more pages. */
export function withoutRunningLines(pages: readonly (readonly PdfLine[])[]): PdfLine[][] {
  const edges = pages.map(edgeLines);
  const counts = new Map<string, number>();
  for (const lines of edges) {
    for (const key of new Set(lines.map(runningKey))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const needed = Math.max(3, pages.length / 2);
  return pages.map((lines, at) =>
    lines.filter((line) => {
      if (!edges[at]?.includes(line)) return true;
      const isNumber = /^(?:page\s*)?[-–]?\s*\d{1,4}\s*(?:(?:of|\/)\s*\d{1,4})?\s*[-–]?$/i.test(line.text);
      return !(isNumber && lines.length > 1) && (counts.get(runningKey(line)) ?? 0) < needed;
    }),
  );
}

/** The highest and the lowest two lines. */
function edgeLines(lines: readonly PdfLine[]): PdfLine[] {
  const sorted = [...lines].sort((a, b) => b.y - a.y);
  return [...new Set([...sorted.slice(0, 2), ...sorted.slice(-2)])];
}

function runningKey(line: PdfLine): string {
  return line.text.replace(/\d+/g, '#').toLowerCase();
}

function measure(row: readonly PdfItem[], text: string, page: number): PdfLine {
  const inked = row.filter((item) => item.str.trim() !== '');
  const main = inked.reduce((best, item) => (item.str.length > best.str.length ? item : best));
  return {
    // A change of font before a full stop or a comma often reads as a gap.
    text: text
      .replace(/\s+/g, ' ')
      .replace(/ (?=[.,](?:\s|$))/g, '')
      .trim(),
    page,
    left: Math.min(...inked.map(xOf)),
    right: Math.max(...inked.map((item) => xOf(item) + item.width)),
    y: yOf(main),
    size: sizeOf(main),
  };
}

function xOf(item: PdfItem): number {
  return item.transform[4] ?? 0;
}

function yOf(item: PdfItem): number {
  return item.transform[5] ?? 0;
}

function sizeOf(item: PdfItem): number {
  return Math.hypot(item.transform[2] ?? 0, item.transform[3] ?? 0);
}
