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
