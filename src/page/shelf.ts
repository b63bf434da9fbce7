import type { DocumentList } from '../client/client.ts';
import { element } from '../widget/view/element.ts';

/** The list of all documents, a page at a time. */
export interface Shelf {
  /** How many there are; loads the first page when that has not happened yet. */
  total(): Promise<number>;
  /** Marks the document that is open. */
  setCurrent(id: string | undefined): void;
  /** Forgets what was loaded, and loads it again when it is needed. */
  reset(): void;
}

interface ShelfActions {
  load(after?: string): Promise<DocumentList>;
  open(id: string): void;
  failed(error: unknown): void;
}

export function createShelf(nodes: { list: HTMLElement; more: HTMLElement }, on: ShelfActions): Shelf {
  const links = new Map<string, HTMLElement>();
  let current: string | undefined;
  let first: Promise<DocumentList> | undefined;
  let next: string | null = null;

  const mark = () => {
    for (const [id, link] of links) {
      if (id === current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };
  const add = (page: DocumentList) => {
    for (const { id, title, uri } of page.documents) {
      const name = element('span', { class: 'title', dir: 'auto' }, title);
      const file = element('span', { class: 'file' }, uri);
      const link = element('a', { href: `/?${new URLSearchParams({ document: id })}` }, name, file);
      link.addEventListener('click', (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        on.open(id);
      });
      links.set(id, link);
      nodes.list.append(element('li', {}, link));
    }
    next = page.next;
    nodes.more.hidden = next === null;
    mark();
  };
  const loadFirst = () => {
    first ??= on.load().then((page) => {
      add(page);
      return page;
    });
    return first;
  };
  nodes.more.addEventListener('click', () => {
    if (next !== null) on.load(next).then(add, on.failed);
  });
  return {
    total: async () => (await loadFirst()).total,
    setCurrent(id) {
      current = id;
      mark();
      loadFirst().catch(on.failed);
    },
    reset() {
      links.clear();
      nodes.list.replaceChildren();
      first = undefined;
    },
  };
}
