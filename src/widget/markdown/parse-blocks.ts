import { parseInline } from './parse-inline.ts';
import { parseTable, tableStartsAt } from './parse-table.ts';
import type { Block, Line } from './syntax.ts';

/**
 * The blocks of a text in the part of Markdown that answers use: paragraphs, headings, lists, quotes, fenced code and
 * tables. Whatever is not Markdown is a paragraph; nothing is dropped. Offsets are those of the text.
 */
export function parseBlocks(text: string): Block[] {
  return parseLines(linesOf(text));
}

function linesOf(text: string): Line[] {
  let at = 0;
  return text.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    return { text: line, at: start };
  });
}

/** What a block was read from: the number of lines that it took. */
type Taken = { readonly block: Block; readonly lines: number };

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}#{1,6}(?:\s+|$)/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|(\d{1,9})[.)])(?:( {1,4})(?=\S)|\s*$)/;

function parseLines(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; ) {
    if (isBlank(lines[i])) {
      i += 1;
      continue;
    }
    const rest = lines.slice(i);
    const { block, lines: taken } =
      takeCode(rest) ??
      takeHeading(rest) ??
      takeQuote(rest) ??
      takeList(rest) ??
      parseTable(rest) ??
      takeParagraph(rest);
    blocks.push(block);
    i += taken;
  }
  return blocks;
}

function takeCode(lines: readonly Line[]): Taken | undefined {
  const fence = FENCE.exec(textOf(lines[0]))?.[1];
  if (fence === undefined) return undefined;
  const closing = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`);
  const end = lines.findIndex((line, i) => i > 0 && closing.test(line.text));
  const body = lines.slice(1, end === -1 ? undefined : end);
  const taken = end === -1 ? lines.length : end + 1;
  const text = body.map((line) => line.text).join('\n');
  const span = spanOf(lines.slice(0, taken));
  return { block: { type: 'code', text, textStart: body[0]?.at ?? span.end, ...span }, lines: taken };
}

function takeHeading(lines: readonly Line[]): Taken | undefined {
  const [line] = lines;
  const marks = HEADING.exec(textOf(line))?.[0];
  if (line === undefined || marks === undefined) return undefined;
  const title = { text: line.text.slice(marks.length), at: line.at + marks.length };
  const level = marks.trim().length;
  return { block: { type: 'heading', level, children: parseInline([title]), ...spanOf([line]) }, lines: 1 };
}

function takeQuote(lines: readonly Line[]): Taken | undefined {
  const end = lines.findIndex((line) => !QUOTE.test(line.text));
  const taken = end === -1 ? lines.length : end;
  if (taken === 0) return undefined;
  const own = lines.slice(0, taken);
  const inner = own.map((line) => cut(line, QUOTE.exec(line.text)?.[0].length ?? 0));
  return { block: { type: 'quote', children: parseLines(inner), ...spanOf(own) }, lines: taken };
}

function takeList(lines: readonly Line[]): Taken | undefined {
  const first = ITEM.exec(textOf(lines[0]));
  if (first === null) return undefined;
  const ordered = first[3] !== undefined;
  const items: Block[][] = [];
  let taken = 0;
  for (;;) {
    const match = ITEM.exec(textOf(lines[taken]));
    if (match === null || (match[3] !== undefined) !== ordered) break;
    const indent = match[0].length;
    const length = itemLength(lines.slice(taken), indent);
    const own = lines.slice(taken, taken + length);
    items.push(parseLines(own.map((line, i) => cut(line, i === 0 ? indent : indentOf(line, indent)))));
    taken += length;
    const next = lines.findIndex((line, i) => i >= taken && !isBlank(line));
    if (next === -1 || !ITEM.test(textOf(lines[next]))) break;
    taken = next;
  }
  const span = spanOf(lines.slice(0, taken));
  return {
    block: { type: 'list', first: ordered ? Number(first[3]) : undefined, items, ...span },
    lines: taken,
  };
}

/** An item goes on over what is indented below it, and over lines that only continue its sentence. */
function itemLength(lines: readonly Line[], indent: number): number {
  let length = 1;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i];
    if (isBlank(line)) continue;
    const inside = indentOf(line, indent) >= Math.min(indent, 2);
    const continues = i === length && !startsBlock(lines.slice(i));
    if (!inside && !continues) break;
    length = i + 1;
  }
  return length;
}

function takeParagraph(lines: readonly Line[]): Taken {
  let taken = 1;
  while (taken < lines.length && !isBlank(lines[taken]) && !startsBlock(lines.slice(taken))) taken += 1;
  const own = lines.slice(0, taken).map((line) => cut(line, indentOf(line, 3)));
  return { block: { type: 'paragraph', children: parseInline(own), ...spanOf(own) }, lines: taken };
}

function startsBlock(lines: readonly Line[]): boolean {
  const text = textOf(lines[0]);
  return [FENCE, HEADING, QUOTE, ITEM].some((start) => start.test(text)) || tableStartsAt(lines);
}

function spanOf(lines: readonly Line[]): { start: number; end: number } {
  const last = lines.at(-1);
  return { start: lines[0]?.at ?? 0, end: last === undefined ? 0 : last.at + last.text.length };
}

function cut(line: Line, characters: number): Line {
  return { text: line.text.slice(characters), at: line.at + Math.min(characters, line.text.length) };
}

/** Spaces at the start of a line, at most `most` of them. */
function indentOf(line: Line | undefined, most: number): number {
  const spaces = /^ */.exec(textOf(line))?.[0].length ?? 0;
  return Math.min(spaces, most);
}

function isBlank(line: Line | undefined): boolean {
  return textOf(line).trim() === '';
}

function textOf(line: Line | undefined): string {
  return line?.text ?? '';
}
