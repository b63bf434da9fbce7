import type { Fault } from '../client/fault.ts';
import type { Strings } from '../strings/languages.ts';
import type { ViewContext } from './context.ts';
import { element } from './element.ts';

/** What went wrong in plain words, and a button to try again: from when on the server allows it. */
export function createFaultView(fault: Fault, context: ViewContext, retry: () => void): HTMLElement {
  const { strings } = context.language;
  const button = element('button', { type: 'button', class: 'quiet' });
  const until = fault.at + (fault.retryAfter ?? 0) * 1000;
  const count = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.textContent = left > 0 ? `${strings.retry} (${left})` : strings.retry;
    button.setAttribute('aria-disabled', String(left > 0));
    // A view that was taken out of the page stops by itself.
    if (left > 0) setTimeout(() => button.isConnected && count(), 250);
  };
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') === 'false') retry();
  });
  count();
  const detail = SERVER_SAYS.has(fault.kind)
    ? [element('p', { class: 'detail', dir: 'auto' }, fault.message)]
    : [];
  return element('div', { class: 'fault' }, element('p', {}, faultText(fault, strings)), ...detail, button);
}

/** Kinds of fault whose cause only the server's own words tell. */
const SERVER_SAYS = new Set(['refused', 'invalid']);

/** A fault in the reader's language. */
export function faultText({ kind }: Fault, strings: Strings): string {
  const text = strings[kind === 'missing' ? 'failed' : kind];
  return SERVER_SAYS.has(kind) ? text : `${text} ${strings.kept}`;
}
