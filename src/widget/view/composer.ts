import type { Strings } from '../strings/languages.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

export interface Composer {
  readonly node: HTMLElement;
  readonly input: HTMLTextAreaElement;
  setStrings(strings: Strings): void;
  /** While an answer arrives the button stops it, and Enter waits. */
  setBusy(busy: boolean): void;
}

/** The field to ask from. Enter sends, Shift and Enter begin a line, and Enter that chooses a word in an IME does neither. */
export function createComposer(on: { send(question: string): void; stop(): void }, id: string): Composer {
  const label = element('label', { class: 'unseen', for: id });
  const input = element('textarea', {
    id,
    rows: '1',
    dir: 'auto',
    autocomplete: 'off',
    enterkeyhint: 'send',
  });
  const button = element('button', { type: 'submit', class: 'send' }, icon('send'));
  const field = element('div', { class: 'field' }, input, button);
  const node = element('form', { class: 'composer' }, label, field);
  let busy = false;
  let strings: Strings | undefined;

  const show = () => {
    const name = busy ? strings?.stop : strings?.send;
    button.setAttribute('aria-label', name ?? '');
    button.title = name ?? '';
    button.classList.toggle('stop', busy);
    button.setAttribute('aria-disabled', String(!busy && input.value.trim() === ''));
  };
  const send = () => {
    const question = input.value.trim();
    if (busy || question === '') return;
    input.value = '';
    on.send(question);
  };
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) on.stop();
    else send();
    show();
  });
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    // Safari ends a composition before the key event: only the old key code still tells.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
    show();
  });
  return {
    node,
    input,
    setStrings(given) {
      strings = given;
      label.textContent = given.question;
      input.placeholder = given.question;
      show();
    },
    setBusy(given) {
      if (busy === given) return;
      busy = given;
      button.replaceChildren(icon(busy ? 'stop' : 'send'));
      show();
    },
  };
}
