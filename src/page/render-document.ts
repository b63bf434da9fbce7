import type { Document } from '../client/client.ts';
import { parseBlocks } from '../widget/markdown/parse-blocks.ts';
import type { Block, Inline } from '../widget/markdown/syntax.ts';
import { element } from '../widget/view/element.ts';

/** What is to be highlighted, in offsets of the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A document to read: Markdown as it is meant, all else in paragraphs, with the characters of `cited` in `<mark>`s. */
export function renderDocument(
  { title, text, media_type: mediaType }: Pick<Document, 'title' | 'text' | 'media_type'>,
  cited: Span | undefined,
): HTMLElement[] {
  const paint = painter(cited);
  if (mediaType === 'text/markdown') {
    const blocks = parseBlocks(text);
    const [first, ...others] = blocks;
    // The page shows the title itself.
    const shown = first !== undefined && isHeading(first, title) ? others : blocks;
    const ranks = ranksOf(shown);
    return shown.map((block) => blockNode(block, { paint, ranks }));
  }
  return paragraphsOf(text).map(({ start, end }) => {
    return element('p', { class: 'plain', dir: 'auto' }, ...paint(text.slice(start, end), start));
  });
}

/** A text that stands at `start`, its cited part marked. */
type Paint = (text: string, start: number) => (Node | string)[];

function painter(cited: Span | undefined): Paint {
  return (text, start) => {
    if (cited === undefined) return [text];
    const from = Math.max(0, cited.start - start);
    const to = Math.min(text.length, cited.end - start);
    if (from >= to) return [text];
    return [text.slice(0, from), element('mark', {}, text.slice(from, to)), text.slice(to)];
  };
}

function paragraphsOf(text: string): Span[] {
  const gaps = [...text.matchAll(/\n\s*\n/g)];
  const starts = [0, ...gaps.map((gap) => gap.index + gap[0].length)];
  const ends = [...gaps.map((gap) => gap.index), text.length];
  return starts
    .map((start, i) => ({ start, end: ends[i] ?? start }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== '');
}

interface Manner {
  readonly paint: Paint;
  /** Levels of headings that occur, the highest first. */
  readonly ranks: readonly number[];
}

function isHeading(block: Block, title: string): boolean {
  if (block.type !== 'heading') return false;
  return element('p', {}, ...inlineNodes(block.children, (text) => [text])).textContent?.trim() === title;
}

function ranksOf(blocks: readonly Block[]): number[] {
  const levels = blocks.flatMap((block) => (block.type === 'heading' ? [block.level] : []));
  return [...new Set(levels)].sort((a, b) => a - b);
}

function blockNode(block: Block, manner: Manner): HTMLElement {
  const { paint, ranks } = manner;
  switch (block.type) {
    case 'paragraph':
      return element('p', { dir: 'auto' }, ...inlineNodes(block.children, paint));
    case 'heading': {
      // Below the title, without gaps.
      const level = Math.min(6, Math.max(0, ranks.indexOf(block.level)) + 2);
      return element(`h${level}`, { dir: 'auto' }, ...inlineNodes(block.children, paint));
    }
    case 'code':
      return element(
        'pre',
        { tabindex: '0', dir: 'ltr' },
        element('code', {}, ...paint(block.text, block.textStart)),
      );
    case 'quote':
      return element('blockquote', {}, ...block.children.map((child) => blockNode(child, manner)));
    case 'list': {
      const items = block.items.map((item) =>
        element('li', { dir: 'auto' }, ...item.map((one) => blockNode(one, manner))),
      );
      if (block.first === undefined) return element('ul', {}, ...items);
      return element('ol', { start: String(block.first) }, ...items);
    }
    case 'table': {
      const row = (cells: readonly (readonly Inline[])[], tag: string) =>
        element('tr', {}, ...cells.map((cell) => element(tag, { dir: 'auto' }, ...inlineNodes(cell, paint))));
      const head = element('thead', {}, row(block.head, 'th'));
      const body = element('tbody', {}, ...block.rows.map((cells) => row(cells, 'td')));
      return element('div', { class: 'scrolls', tabindex: '0' }, element('table', {}, head, body));
    }
  }
}

function inlineNodes(parts: readonly Inline[], paint: Paint): (Node | string)[] {
  return parts.flatMap((part) => {
    switch (part.type) {
      case 'text':
        return paint(part.text, part.start);
      case 'break':
        return [element('br', {})];
      case 'code':
        return [element('code', {}, ...paint(part.text, part.end - part.text.length - 1))];
      case 'link':
        return [
          element('a', { href: part.href, rel: 'noopener noreferrer' }, ...inlineNodes(part.children, paint)),
        ];
      default:
        return [element(part.type === 'strong' ? 'strong' : 'em', {}, ...inlineNodes(part.children, paint))];
    }
  });
}
