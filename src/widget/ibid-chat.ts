import type { SessionSource } from './client/session.ts';
import { OPTION_NAMES, type OptionName, optionOf, readOptions } from './options.ts';
import { sharedSheet } from './styles/sheet.ts';
import { createWidget, type Widget } from './widget.ts';

/** On a server that renders pages there is no `HTMLElement`; the module must load there all the same. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

let defaultBase = '';

/** The server that elements without a `data-host` talk to. */
export function setDefaultBase(base: string): void {
  defaultBase = base;
}

const SETTABLE = ['sessions', 'greeting', 'suggestions', 'color', 'position', 'theme', 'language'];

/** The names of conversations in the tab's storage that elements of this page hold. */
const held = new Set<string>();

/**
 * `<ibid-chat>`: a chat that answers from the documents of an Ibid server. In the page's flow where it stands, or floating
 * with `data-position`. Fires the events of `IbidEvents`.
 */
export class IbidChat extends Base {
  static readonly observedAttributes = [...OPTION_NAMES, 'open'].flatMap((name) => [name, `data-${name}`]);

  #widget: Widget | undefined;
  #memoryKey = '';
  #sessions: SessionSource | undefined;
  #toggling = false;
  #home: HTMLElement | undefined;

  /** Where session tokens come from; the server itself without it. To be set before the element is connected. */
  set sessions(source: SessionSource | undefined) {
    this.#sessions = source;
    this.#rebuild();
  }

  connectedCallback(): void {
    this.#takeOver();
    this.#start();
  }

  disconnectedCallback(): void {
    // An element that is moved is out of the page for a moment only.
    queueMicrotask(() => {
      this.#followBody();
      if (!this.isConnected) this.#stop();
    });
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    const widget = this.#widget;
    if (widget === undefined || before === now || this.#toggling) return;
    if (name.endsWith('host')) this.#rebuild();
    else if (!name.endsWith('open')) this.#refresh(widget);
    else if (this.#wantsOpen()) widget.open({ focus: false });
    else widget.close();
  }

  /** Opens the chat and puts the focus into it. */
  open(): void {
    this.#widget?.open({ focus: true });
  }

  close(): void {
    this.#widget?.close();
  }

  /** Opens the chat and asks. */
  ask(question: string): void {
    this.#widget?.ask(String(question));
  }

  /** Begins a new conversation. */
  reset(): void {
    this.#widget?.reset();
  }

  /** Whether the chat can be seen; in the page's flow always. */
  get isOpen(): boolean {
    return this.#widget?.isOpen() ?? false;
  }

  override get title(): string {
    return optionOf(this, 'title') ?? '';
  }

  override set title(title: string) {
    this.#set('title', title);
  }

  get greeting(): string {
    return optionOf(this, 'greeting') ?? '';
  }

  set greeting(greeting: string) {
    this.#set('greeting', greeting);
  }

  get suggestions(): readonly string[] {
    return readOptions(this, defaultBase).suggestions ?? [];
  }

  set suggestions(questions: readonly string[]) {
    this.#set('suggestions', JSON.stringify(questions));
  }

  get color(): string {
    return optionOf(this, 'color') ?? '';
  }

  set color(color: string) {
    this.#set('color', color);
  }

  get position(): string {
    return readOptions(this, defaultBase).position;
  }

  set position(position: string) {
    this.#set('position', position);
  }

  get theme(): string {
    return optionOf(this, 'theme') ?? '';
  }

  set theme(theme: string) {
    this.#set('theme', theme);
  }

  get language(): string {
    return readOptions(this, defaultBase).language.code;
  }

  set language(language: string) {
    this.#set('lang', language);
  }

  #set(name: OptionName, value: string): void {
    this.setAttribute(`data-${name}`, value);
  }

  /** What a page has set before the script was there hides the property of the same name. */
  #takeOver(): void {
    for (const name of SETTABLE) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  /** Routers put a new body in the place of the old one; a floating chat belongs to neither of them. */
  #followBody(): void {
    const swapped = this.#home !== undefined && this.#home !== document.body;
    if (swapped && !this.isConnected && document.querySelector('ibid-chat') === null)
      document.body.append(this);
  }

  #start(): void {
    const floats = this.parentNode === document.body && readOptions(this, defaultBase).position !== 'inline';
    this.#home = floats ? document.body : undefined;
    const widget = this.#widget ?? this.#create();
    this.#refresh(widget);
    widget.connect();
    if (this.#wantsOpen()) widget.open({ focus: false });
  }

  #create(): Widget {
    const options = readOptions(this, defaultBase);
    this.#memoryKey ||= claimKey(`ibid:${options.base}:${this.id}`);
    const widget = createWidget({
      host: this,
      options,
      memoryKey: this.#memoryKey,
      ...(this.#sessions === undefined ? {} : { sessions: this.#sessions }),
      onToggled: (open) => this.#reflect(open),
    });
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sharedSheet()];
    shadow.replaceChildren(widget.root);
    this.#widget = widget;
    return widget;
  }

  #refresh(widget: Widget): void {
    const options = readOptions(this, defaultBase);
    widget.setOptions(options);
    this.dataset.mode = options.position === 'inline' ? 'inline' : 'float';
    if (this.#wantsOpen() && this.isConnected) widget.open({ focus: false });
  }

  #rebuild(): void {
    if (this.#widget === undefined) return;
    this.#widget.disconnect();
    held.delete(this.#memoryKey);
    this.#memoryKey = '';
    this.#widget = undefined;
    if (this.isConnected) this.#start();
  }

  #stop(): void {
    this.#widget?.disconnect();
    held.delete(this.#memoryKey);
  }

  #wantsOpen(): boolean {
    const value = this.getAttribute('data-open') ?? this.getAttribute('open');
    return value !== null && value !== 'false';
  }

  #reflect(open: boolean): void {
    this.#toggling = true;
    this.toggleAttribute('data-open', open);
    this.removeAttribute('open');
    this.#toggling = false;
  }
}

/** The first free name: elements come in the same order after a reload, so each finds its own conversation again. */
function claimKey(name: string): string {
  let key = name;
  for (let n = 2; held.has(key); n++) key = `${name}:${n}`;
  held.add(key);
  return key;
}
