import { type Citation, IbidClientError } from '../client/client.ts';
import { element } from '../widget/view/element.ts';
import { overviewNodes } from './overview.ts';
import { renderDocument, type Span } from './render-document.ts';
import { createServer } from './server.ts';
import { createShelf } from './shelf.ts';

/** The page at `/`: what the bot knows, and the chat beside it; a citation is highlighted where it stands. */
function start(): void {
  const server = createServer((url, init) => fetch(url, init));
  const reader = byId('reader');
  const wide = matchMedia('(min-width: 60em)');
  const chat = createChat();

  const shelf = createShelf(
    { list: byId('documents'), more: byId('more') },
    { load: server.documents, open: (id) => go({ id }), failed: show },
  );

  function createChat(): HTMLElement {
    const node = element('ibid-chat', { 'data-title': 'Ask these documents' });
    Object.assign(node, { sessions: server.sessions });
    const place = () => node.setAttribute('data-position', wide.matches ? 'inline' : 'end');
    wide.addEventListener('change', place);
    place();
    node.addEventListener('ibid:citation', (event) => {
      const { citation } = (event as CustomEvent<{ citation: Citation }>).detail;
      go({ id: citation.document_id, cited: citation });
      // On a narrow screen the chat covers the document, and shows the quote itself.
      if (wide.matches) event.preventDefault();
    });
    return node;
  }

  function go(to: Target | undefined): void {
    const address = addressOf(to);
    if (address !== location.pathname + location.search) history.pushState(null, '', address);
    void follow();
  }

  /** Shows what the address names. */
  async function follow(): Promise<void> {
    const target = targetOf(location);
    shelf.setCurrent(target?.id);
    try {
      if (target === undefined) await showOverview();
      else await showDocument(target);
    } catch (error) {
      show(error);
    }
  }

  async function showOverview(): Promise<void> {
    const total = await shelf.total();
    reader.replaceChildren(...overviewNodes(total, await server.suggestions(6), (question) => ask(question)));
  }

  async function showDocument({ id, cited }: Target): Promise<void> {
    const found = await server.document(id);
    const { title, uri } = found;
    const head = element('h1', { dir: 'auto' }, title);
    const back = element('a', { href: '/' }, 'All documents');
    const where = element('p', { class: 'where' }, back, element('span', {}, uri));
    reader.replaceChildren(where, element('article', {}, head, ...renderDocument(found, cited)));
    document.title = `${title} · Ibid`;
    const mark = reader.querySelector('mark');
    if (mark === null) reader.scrollTo({ top: 0, behavior: 'instant' });
    else mark.scrollIntoView({ block: 'center' });
  }

  function ask(question: string): void {
    (chat as HTMLElement & { ask?: (question: string) => void }).ask?.(question);
  }

  function show(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const locked = error instanceof IbidClientError && error.status === 401;
    const nodes = locked ? [keyForm(open)] : [];
    reader.replaceChildren(element('p', { class: 'fault', role: 'alert' }, message), ...nodes);
  }

  function open(key: string): void {
    server.setKey(key);
    shelf.reset();
    void follow();
  }

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href="/"]') : null;
    if (link === null || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(undefined);
    reader.focus();
  });
  window.addEventListener('popstate', () => void follow());
  byId('beside').append(chat);
  void follow();
}

interface Target {
  readonly id: string;
  readonly cited?: Span;
}

function targetOf({ search }: Location): Target | undefined {
  const parameters = new URLSearchParams(search);
  const id = parameters.get('document');
  if (id === null) return undefined;
  const [start, end] = [Number(parameters.get('start')), Number(parameters.get('end'))];
  return end > start ? { id, cited: { start, end } } : { id };
}

function addressOf(target: Target | undefined): string {
  if (target === undefined) return '/';
  const { id, cited } = target;
  const span = cited === undefined ? {} : { start: `${cited.start}`, end: `${cited.end}` };
  return `/?${new URLSearchParams({ document: id, ...span })}`;
}

function keyForm(open: (key: string) => void): HTMLElement {
  const input = element('input', { id: 'key', type: 'password', autocomplete: 'off', required: true });
  const button = element('button', { type: 'submit' }, 'Open');
  const form = element('form', { class: 'key' }, element('label', { for: 'key' }, 'API key'), input, button);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    open(input.value.trim());
  });
  return form;
}

function byId(id: string): HTMLElement {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`The page has no #${id}.`);
  return node;
}

start();
