import { type Citation, IbidClientError } from '../client/client.ts';
import { element } from '../widget/view/element.ts';
import { overviewNodes, questionNodes } from './overview.ts';
import { renderDocument, type Span } from './render-document.ts';
import { createServer } from './server.ts';
import { createShelf } from './shelf.ts';

/** The page at `/`: what the bot knows, and the chat beside it; a citation is highlighted where it stands. */
function start(): void {
  const server = createServer((url, init) => fetch(url, init));
  const reader = byId('reader');
  const wide = matchMedia('(min-width: 60em)');
  const chat = createChat();
  /** What the address names, and the document that is shown. */
  let wanted: Target | undefined;
  let shown: string | undefined;

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

  /** Shows what the address names; what comes too late, when it names something else, is dropped. */
  async function follow(): Promise<void> {
    const target = targetOf(location);
    wanted = target;
    shelf.setCurrent(target?.id);
    try {
      if (target === undefined) await showOverview();
      else await showDocument(target);
    } catch (error) {
      if (wanted === target) show(error);
    }
  }

  async function showOverview(): Promise<void> {
    const questions = element('div', {});
    const total = await shelf.total();
    if (wanted !== undefined) return;
    // The chat beside it does not offer the same again.
    if (wide.matches) chat.dataset.suggestions = '[]';
    reader.replaceChildren(...overviewNodes(total, questions));
    shown = undefined;
    document.title = TITLE;
    // To find out what is answered takes as long as answering it; without, one can still ask.
    questions.append(...questionNodes(await server.suggestions(6).catch(() => []), ask));
  }

  async function showDocument(target: Target): Promise<void> {
    const { id, cited } = target;
    const found = await server.document(id);
    if (wanted !== target) return;
    delete chat.dataset.suggestions;
    const { title, uri } = found;
    const head = element('h1', { dir: 'auto' }, title);
    const back = element('a', { href: '/' }, 'All documents');
    const where = element('p', { class: 'where' }, back, element('span', { dir: 'auto' }, uri));
    reader.replaceChildren(where, element('article', {}, head, ...renderDocument(found, cited)));
    document.title = `${title} · Ibid`;
    // Within a document the eye follows; into another one there is no way to follow.
    const behavior = shown === id ? 'auto' : 'instant';
    shown = id;
    // The link that was followed is gone with the list.
    if (document.activeElement?.checkVisibility() === false) reader.focus({ preventScroll: true });
    const mark = reader.querySelector('mark');
    if (mark !== null) mark.scrollIntoView({ block: 'center', behavior });
    else (wide.matches ? reader : window).scrollTo({ top: 0, behavior: 'instant' });
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

const TITLE = document.title;

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
