import { element } from '../view/element.ts';
import type { Block, Cell, Inline } from './syntax.ts';

/** Something to set into the text: after the character before `position`, in offsets of the answer. */
export interface Inset {
  readonly position: number;
  readonly node: () => Node;
}

/** The nodes of a block, with its insets where they belong. Never parses HTML: text stays text. */
export function renderBlock(block: Block, insets: readonly Inset[]): HTMLElement {
  const places = new Places(insets);
  const node = blockNode(block, places);
  places.flush(node, Number.POSITIVE_INFINITY);
  return node;
}

/** The insets that are still to be placed, the first first. */
class Places {
  readonly #waiting: Inset[];

  constructor(insets: readonly Inset[]) {
    this.#waiting = [...insets].sort((a, b) => a.position - b.position);
  }

  /** Where the next inset goes, when that is within a text that ends at `end`. */
  next(end: number): number | undefined {
    const position = this.#waiting[0]?.position;
    return position !== undefined && position <= end ? position : undefined;
  }

  /** Appends all insets up to `position`; into the last text of a list or the like, not beside it. */
  flush(parent: Node, position: number): void {
    while (this.next(position) !== undefined) innermost(parent).appendChild(this.#take());
  }

  #take(): Node {
    return this.#waiting.shift()?.node() ?? document.createTextNode('');
  }
}

function innermost(node: Node): Node {
  const last = node.lastChild;
  const goesOn = last instanceof HTMLElement && /^(?:P|LI|UL|OL|BLOCKQUOTE)$/.test(last.tagName);
  return goesOn ? innermost(last) : node;
}

function blockNode(block: Block, places: Places): HTMLElement {
  switch (block.type) {
    case 'paragraph':
      return inlineNode('p', block.children, places);
    case 'heading':
      return element('p', { class: 'heading' }, inlineNode('strong', block.children, places));
    case 'code': {
      const code = element('pre', { tabindex: '0', dir: 'ltr' }, element('code', {}, block.text));
      return element('div', { class: 'scrolls' }, code);
    }
    case 'quote':
      return element('blockquote', {}, ...block.children.map((child) => blockNode(child, places)));
    case 'list': {
      const items = block.items.map((item) => itemNode(item, places));
      if (block.first === undefined) return element('ul', {}, ...items);
      return element('ol', { start: String(block.first) }, ...items);
    }
    case 'table':
      return tableNode(block, places);
  }
}

/** An item of one paragraph needs no paragraph around it. */
function itemNode(item: readonly Block[], places: Places): HTMLElement {
  const [first, ...rest] = item;
  if (first?.type !== 'paragraph') return element('li', {}, ...item.map((block) => blockNode(block, places)));
  const node = inlineNode('li', first.children, places);
  places.flush(node, first.end);
  node.append(...rest.map((block) => blockNode(block, places)));
  return node;
}

function tableNode(table: Extract<Block, { type: 'table' }>, places: Places): HTMLElement {
  const cell = (tag: string) => (content: Cell, column: number) => {
    const node = inlineNode(tag, content, places);
    const align = table.align[column];
    if (align !== undefined) node.style.textAlign = align;
    if (tag === 'th') node.setAttribute('scope', 'col');
    return node;
  };
  const head = element('tr', {}, ...table.head.map(cell('th')));
  const rows = table.rows.map((row) => element('tr', {}, ...row.map(cell('td'))));
  const node = element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
  return element('div', { class: 'scrolls', tabindex: '0' }, node);
}

function inlineNode(tag: string, parts: readonly Inline[], places: Places): HTMLElement {
  const node = element(tag, {});
  appendInline(node, parts, places);
  return node;
}

function appendInline(parent: HTMLElement, parts: readonly Inline[], places: Places): void {
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        appendText(parent, part.text, part.start, places);
        break;
      case 'break':
        parent.append(element('br', {}));
        break;
      case 'code':
        parent.append(element('code', { dir: 'ltr' }, part.text));
        places.flush(parent, part.end);
        break;
      case 'link': {
        const link = element('a', { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow' });
        // A button must not stand within a link: what belongs into it comes behind it.
        appendInline(link, part.children, NOWHERE);
        parent.append(link);
        places.flush(parent, part.end);
        break;
      }
      case 'label':
        appendInline(parent, part.children, places);
        places.flush(parent, part.end);
        break;
      default: {
        const node = element(part.type === 'strong' ? 'strong' : 'em', {});
        appendInline(node, part.children, places);
        parent.append(node);
      }
    }
  }
}

function appendText(parent: HTMLElement, text: string, start: number, places: Places): void {
  const end = start + text.length;
  let from = 0;
  for (let position = places.next(end); position !== undefined; position = places.next(end)) {
    const until = Math.max(position - start, from);
    const before = text.slice(from, until);
    // Not alone on a line: the last characters go with it.
    const [tail = ''] = /\S{1,8}$/.exec(before) ?? [];
    const together = element('span', { class: 'together' }, tail);
    parent.append(before.slice(0, before.length - tail.length), together);
    places.flush(together, position);
    from = until;
  }
  if (from < text.length) parent.append(text.slice(from));
}

const NOWHERE = new Places([]);
