import type { Document } from '../client/client.ts';
import { accentShades } from './accent.ts';
import { type Chat, createChat } from './chat.ts';
import { createApi } from './client/api.ts';
import type { SessionSource } from './client/session.ts';
import { createConversationMemory } from './conversation-memory.ts';
import { cssColor } from './css-color.ts';
import { emit } from './events.ts';
import type { Options } from './options.ts';
import { createTranscript, spokenAnswer } from './transcript.ts';
import type { Turn } from './turn.ts';
import type { ViewContext } from './view/context.ts';
import { faultText } from './view/fault-view.ts';
import { createFrame } from './view/frame.ts';
import { createPanel } from './view/panel.ts';
import { declineText } from './view/turn-view.ts';

/** All of a chat but the element that stands for it in the page. */
export interface Widget {
  readonly root: HTMLElement;
  isOpen(): boolean;
  setOptions(options: Options): void;
  /** `focus`: whether a person opened it, who wants to go on there. */
  open(how: { readonly focus: boolean }): void;
  close(): void;
  ask(question: string): void;
  reset(): void;
  connect(): void;
  /** Lets go of everything outside of itself; the conversation stays as it is. */
  disconnect(): void;
}

export interface WidgetOptions {
  /** Where its events come from. */
  readonly host: HTMLElement;
  readonly options: Options;
  /** Name in the tab's storage. */
  readonly memoryKey: string;
  readonly sessions?: SessionSource;
  /** Told when it was opened or closed by hand. */
  readonly onToggled: (open: boolean) => void;
}

/** How long nothing may have come until a screen reader is told that the search goes on. */
const QUIET_MS = 1_000;

export function createWidget({
  host,
  options: given,
  memoryKey,
  sessions,
  onToggled,
}: WidgetOptions): Widget {
  let options = given;
  let connection: AbortController | undefined;
  let returnTo: HTMLElement | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let shownLanguage = '';
  let offered: readonly string[] | undefined;
  let ids = 0;
  const newId = () => `ibid-${++ids}`;
  const documents = new Map<string, Promise<Document>>();
  const strings = () => options.language.strings;

  const api = createApi({
    base: options.base,
    send: (url, init) => fetch(url, init),
    now: () => Date.now(),
    ...(sessions === undefined ? {} : { sessions }),
  });
  const panel = createPanel({ send: ask, stop: () => chat.stop(), restart: reset, close }, newId);
  const frame = createFrame(panel, () => (frame.isOpen() ? close() : open({ focus: true })), close);
  const transcript = createTranscript(panel.log, contextNow);
  const chat: Chat = createChat({
    api,
    memory: createConversationMemory(memoryKey),
    on: {
      turnsChanged() {
        transcript.setTurns(chat.turns);
        showBusy();
        offerFirst();
      },
      turnChanged(turn) {
        transcript.update(turn);
        showBusy();
        if (turn.slow && chat.busy()) announce(strings().slow);
        if (turn.phase === 'stopped') announce(strings().stopped);
      },
      asked(turn) {
        transcript.offer('', []);
        clearTimeout(quiet);
        quiet = setTimeout(() => turn.phase === 'waiting' && announce(strings().looking), QUIET_MS);
        emit(host, 'ibid:question', { question: turn.question });
      },
      answered(turn, answer) {
        clearTimeout(quiet);
        announce(spokenAnswer(turn, strings(), declineText(answer, strings())));
        emit(host, 'ibid:answer', { question: turn.question, answer });
        void offerFollowUps(turn);
      },
      failed(turn, fault) {
        clearTimeout(quiet);
        announce(faultText(fault, strings()));
        emit(host, 'ibid:error', { question: turn.question, ...fault });
      },
    },
  });

  frame.root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || options.position === 'inline') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });

  function contextNow(): ViewContext {
    return {
      language: options.language,
      base: options.base,
      newId,
      announce,
      document: fetchDocument,
      ask,
      retry(turn) {
        chat.retry(turn);
        focusInput();
      },
      cite: (citation) => emit(host, 'ibid:citation', { citation }),
      markCurrent(button) {
        panel.log.querySelector('[aria-current]')?.removeAttribute('aria-current');
        button.setAttribute('aria-current', 'true');
      },
      rate,
    };
  }

  function announce(text: string): void {
    panel.announcer.announce(text);
  }

  function fetchDocument(id: string): Promise<Document> {
    const coming = documents.get(id) ?? api.document(id);
    documents.set(id, coming);
    coming.catch(() => documents.delete(id));
    return coming;
  }

  async function rate(turn: Turn, rating: 'up' | 'down', comment?: string): Promise<void> {
    if (turn.answer === undefined) return;
    const feedback = { answer_id: turn.answer.id, rating, ...(comment === undefined ? {} : { comment }) };
    await api.rate(feedback);
    emit(host, 'ibid:feedback', feedback);
  }

  function showBusy(): void {
    const busy = chat.busy();
    panel.log.setAttribute('aria-busy', String(busy));
    panel.composer.setBusy(busy);
  }

  /** Touch keyboards hide half of the screen: there the focus goes to what is to be read. */
  function focusInput(): void {
    const target = matchMedia('(pointer: coarse)').matches ? panel.title : panel.composer.input;
    target.focus();
  }

  function offerFirst(): void {
    if (chat.turns.length > 0 || !frame.isOpen()) return;
    const own = options.suggestions ?? offered;
    if (own !== undefined) {
      transcript.offer(strings().suggestions, own);
      return;
    }
    offered = [];
    api.suggestions().then(
      (questions) => {
        offered = questions;
        offerFirst();
      },
      // Without suggestions one can still ask: that will tell what is wrong.
      () => {
        offered = undefined;
      },
    );
  }

  async function offerFollowUps(turn: Turn): Promise<void> {
    const questions = await api.suggestions(turn.question).catch(() => []);
    const asked = new Set(chat.turns.map(({ question }) => question));
    if (chat.busy() || chat.turns.at(-1) !== turn) return;
    transcript.offer(
      strings().followUps,
      questions.filter((question) => !asked.has(question)),
    );
  }

  /** What is fetched once somebody looks: until then the page costs the server nothing. */
  function begin(): void {
    chat.restore().then(offerFirst, () => transcript.notice(strings().restoreFailed));
  }

  function open({ focus }: { readonly focus: boolean }): void {
    if (connection === undefined) return;
    const wasOpen = frame.isOpen();
    if (!wasOpen) {
      const active = document.activeElement;
      returnTo = active instanceof HTMLElement && active !== host ? active : undefined;
      frame.show(true);
      onToggled(true);
    }
    begin();
    if (focus) focusInput();
    if (!wasOpen) emit(host, 'ibid:open', undefined);
  }

  function close(): void {
    if (options.position === 'inline' || !frame.isOpen()) return;
    const hadFocus = document.activeElement === host;
    frame.show(false);
    onToggled(false);
    if (!hadFocus) return;
    const target = returnTo?.isConnected && returnTo !== document.body ? returnTo : frame.launcher;
    target.focus();
  }

  function ask(question: string): void {
    const trimmed = question.trim();
    if (trimmed === '') return;
    if (!frame.isOpen()) open({ focus: true });
    else begin();
    const inside = document.activeElement === host;
    chat.ask(trimmed);
    // What was clicked to ask is gone.
    if (inside && document.activeElement !== host) focusInput();
  }

  function reset(): void {
    chat.reset();
    announce(strings().restart);
    offerFirst();
    if (document.activeElement === host) focusInput();
  }

  function setOptions(next: Options): void {
    options = next;
    panel.setOptions(options);
    frame.setOptions(options);
    setAccent(frame.root, options.color);
    const { code } = options.language;
    if (shownLanguage !== code && shownLanguage !== '') transcript.rebuild(chat.turns);
    shownLanguage = code;
    offerFirst();
    if (connection !== undefined && options.position === 'inline') begin();
  }

  setOptions(given);
  return {
    root: frame.root,
    isOpen: () => frame.isOpen(),
    setOptions,
    open,
    close,
    ask,
    reset,
    connect() {
      if (connection !== undefined) return;
      connection = new AbortController();
      frame.connect(connection.signal);
      for (const turn of chat.turns) transcript.update(turn);
      if (options.position === 'inline') begin();
    },
    disconnect() {
      connection?.abort();
      connection = undefined;
      chat.halt();
      clearTimeout(quiet);
    },
  };
}

function setAccent(root: HTMLElement, color: string | undefined): void {
  const shades = color === undefined ? undefined : accentShades(cssColor(color));
  for (const [name, key] of [
    ['--accent', 'accent'],
    ['--on-accent', 'onAccent'],
    ['--tint', 'tint'],
  ] as const) {
    if (shades === undefined) root.style.removeProperty(name);
    else root.style.setProperty(name, `light-dark(${shades.light[key]}, ${shades.dark[key]})`);
  }
}
