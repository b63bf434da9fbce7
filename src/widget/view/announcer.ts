import { element } from './element.ts';

export interface Announcer {
  readonly node: HTMLElement;
  /** Says a text to screen readers once, also when it is the same as before. */
  announce(text: string): void;
}

/** Screen readers notice a change, so the region is emptied first and filled a moment later. */
const PAUSE_MS = 60;

/** The only live region of the widget: the transcript itself is silent, so that nothing is heard twice. */
export function createAnnouncer(): Announcer {
  const node = element('div', {
    class: 'unseen',
    role: 'status',
    'aria-live': 'polite',
    'aria-atomic': 'true',
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    node,
    announce(text) {
      clearTimeout(timer);
      node.textContent = '';
      timer = setTimeout(() => {
        node.textContent = text;
      }, PAUSE_MS);
    },
  };
}
