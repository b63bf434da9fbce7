import { type DomElement, type DomNode, isElement } from './dom.ts';
import { isSkipped } from './dom-skipped.ts';
import { preformatted } from './preformatted.ts';
import type { Joiner, TextBuilder } from './text-builder.ts';

const BLOCKS = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM ' +
    'HEADER HGROUP HR HTML LEGEND LI MAIN MENU NAV OL P SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'
  ).split(' '),
);
/** Blocks that stand line under line rather than apart. */
const LINES = new Set(['DD', 'DT', 'LI']);

/**
 * Appends the text of a DOM tree in reading order: headings, paragraphs, lists as `- ` and `1. ` lines, tables row by
 * row with ` | ` between cells, preformatted text as it stands, code between fences.
 */
export function appendDom(root: DomNode, builder: TextBuilder): void {
  let line = '';
  let joiner: Joiner = '\n\n';
  let prefix = '';

  const flush = () => {
    const text = tidy(line);
    line = '';
    if (text === '') return;
    builder.add(prefix + text, joiner);
    joiner = '\n\n';
    prefix = ' '.repeat(prefix.length);
  };

  const visit = (node: DomNode, depth: number): void => {
    if (node.nodeType === 3) {
      line += (node.textContent ?? '').replace(/\s+/g, ' ');
      return;
    }
    if (!isElement(node) || isSkipped(node)) return;
    const name = node.nodeName.toUpperCase();
    if (name === 'BR') {
      line += '\n';
      return;
    }
    if (!visitWhole(node, name)) visitParts(node, name, depth);
  };

  /** Headings, preformatted text and tables of data are taken as they stand. */
  const visitWhole = (element: DomElement, name: string): boolean => {
    const level = /^H([1-6])$/.exec(name)?.[1];
    const rows = name === 'TABLE' ? dataRows(element) : undefined;
    if (level === undefined && name !== 'PRE' && rows === undefined) return false;
    flush();
    prefix = '';
    if (level !== undefined) builder.heading(Number(level), inlineText(element));
    else if (rows === undefined) builder.atom(preformatted(element));
    else {
      const caption = element.querySelector('caption');
      if (caption) builder.add(inlineText(caption));
      rows.forEach((row, at) => {
        builder.atom(row, at === 0 ? '\n\n' : '\n');
      });
    }
    joiner = '\n\n';
    return true;
  };

  const visitParts = (element: DomElement, name: string, depth: number): void => {
    const isList = name === 'UL' || name === 'OL' || name === 'MENU';
    if (!BLOCKS.has(name)) {
      for (const child of element.childNodes) visit(child, depth);
      return;
    }
    flush();
    const outer = prefix;
    let number = Number(element.getAttribute('start') ?? 1) || 1;
    let before = '';
    for (const child of element.childNodes) {
      const childName = child.nodeName.toUpperCase();
      if (LINES.has(childName)) {
        flush();
        const isApart = before === '' ? depth === 0 : childName === 'DT' && before === 'DD';
        joiner = isApart ? '\n\n' : '\n';
        before = childName;
        if (childName === 'LI') {
          prefix = `${'  '.repeat(depth)}${name === 'OL' ? `${number}. ` : '- '}`;
          number += 1;
        }
      }
      visit(child, isList ? depth + 1 : depth);
      if (LINES.has(childName)) {
        flush();
        prefix = outer;
      }
    }
    flush();
    prefix = outer;
    joiner = '\n\n';
  };

  visit(root, 0);
  flush();
}

/** The words of an element on one line. */
export function inlineText(element: DomNode): string {
  const parts: string[] = [];
  const collect = (node: DomNode): void => {
    if (node.nodeType === 3) parts.push(node.textContent ?? '');
    if (!isElement(node) || isSkipped(node)) return;
    const name = node.nodeName.toUpperCase();
    if (name === 'BR' || BLOCKS.has(name)) parts.push(' ');
    for (const child of node.childNodes) collect(child);
    if (BLOCKS.has(name)) parts.push(' ');
  };
  collect(element);
  return parts.join('').replace(/\s+/g, ' ').trim();
}

/** Rows of a table of data; undefined for one that only lays out the page. */
function dataRows(table: DomElement): string[] | undefined {
  if (/^(?:presentation|none)$/.test(table.getAttribute('role') ?? '')) return undefined;
  if (table.querySelector('table, h1, h2, h3, h4, h5, h6, pre, ul, ol')) return undefined;
  const rows = [...table.querySelectorAll('tr')].map((row) =>
    [...row.childNodes].filter((cell) => /^T[DH]$/i.test(cell.nodeName)).map(inlineText),
  );
  if (!rows.some((cells) => cells.length > 1)) return undefined;
  return rows.filter((cells) => cells.some((cell) => cell !== '')).map((cells) => cells.join(' | '));
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
