import { parseInline } from './parse-inline.ts';
import type { Block, Line } from './syntax.ts';

const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Whether these lines begin with a table: a row, and below it a rule of as many columns. */
export function tableStartsAt([head, rule]: readonly Line[]): boolean {
  if (head === undefined || rule === undefined) return false;
  if (!head.text.includes('|') || !rule.text.includes('-') || !RULE.test(rule.text)) return false;
  return cellsOf(head).length === cellsOf(rule).length;
}

/** The table that these lines begin with, and how many of them it takes. */
export function parseTable(lines: readonly Line[]): { block: Block; lines: number } | undefined {
  const [head, rule] = lines;
  if (head === undefined || rule === undefined || !tableStartsAt(lines)) return undefined;
  const after = lines.findIndex((line, i) => i > 1 && !line.text.includes('|'));
  const taken = after === -1 ? lines.length : after;
  const last = lines[taken - 1] ?? rule;
  const width = cellsOf(head).length;
  const rows = lines.slice(2, taken).map((line) => fill(cellsOf(line), width));
  const block = {
    type: 'table' as const,
    align: cellsOf(rule).map(({ text }) => alignOf(text)),
    head: cellsOf(head).map((cell) => parseInline([cell])),
    rows: rows.map((row) => row.map((cell) => parseInline([cell]))),
    start: head.at,
    end: last.at + last.text.length,
  };
  return { block, lines: taken };
}

/** The cells of a row; `\|` is no border. */
function cellsOf(line: Line): Line[] {
  const border = /(?<!\\)\|/g;
  const starts = [0, ...[...line.text.matchAll(border)].map(({ index }) => index + 1)];
  const cells = starts.map((start, i) => trimmed(line, start, (starts[i + 1] ?? line.text.length + 1) - 1));
  if (cells[0]?.text === '') cells.shift();
  if (cells.length > 1 && cells.at(-1)?.text === '') cells.pop();
  return cells;
}

function trimmed(line: Line, start: number, end: number): Line {
  const raw = line.text.slice(start, end);
  const lead = raw.length - raw.trimStart().length;
  return { text: raw.trim(), at: line.at + start + lead };
}

/** Cells beyond the head's width are kept in the last one's place rather than dropped. */
function fill(cells: readonly Line[], width: number): readonly Line[] {
  const missing = Array.from({ length: Math.max(0, width - cells.length) }, () => ({
    text: '',
    at: cells.at(-1)?.at ?? 0,
  }));
  return [...cells, ...missing];
}

function alignOf(rule: string): 'left' | 'center' | 'right' | undefined {
  const [start, end] = [rule.startsWith(':'), rule.endsWith(':')];
  if (start && end) return 'center';
  return end ? 'right' : start ? 'left' : undefined;
}
