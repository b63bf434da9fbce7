import type { Options } from '../options.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';
import type { Panel } from './panel.ts';

/** Where the panel lives: in the page's flow, or floating above it behind a round button. */
export interface Frame {
  readonly root: HTMLElement;
  readonly launcher: HTMLButtonElement;
  readonly isOpen: () => boolean;
  setOptions(options: Options): void;
  /** Shows or hides the floating panel; in the page's flow it is always shown. */
  show(open: boolean): void;
  /** Puts the floating layer above everything, and follows the size of the screen until `signal` aborts. */
  connect(signal: AbortSignal): void;
}

/** Where the panel fills the screen and what is behind it cannot be reached; as in styles/frame.css. */
const FULL_SCREEN = '(max-width: 30em), (max-height: 30em)';

export function createFrame(panel: Panel, onToggle: () => void, onDismiss: () => void): Frame {
  const launcher = element('button', { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog' });
  const dialog = element('dialog', { class: 'frame', 'aria-labelledby': panel.title.id });
  const root = element('div', { class: 'root' });
  let labels = { open: '', close: '' };
  let floating = false;

  const label = () => {
    launcher.setAttribute('aria-expanded', String(dialog.open));
    launcher.setAttribute('aria-label', dialog.open ? labels.close : labels.open);
    launcher.replaceChildren(icon(dialog.open ? 'down' : 'chat'));
  };
  const show = (open: boolean) => {
    if (!floating || !dialog.isConnected || open === dialog.open) return;
    if (!open) dialog.close();
    else if (matchMedia(FULL_SCREEN).matches) dialog.showModal();
    // `show()` would move the focus, also where nobody has asked for the chat.
    else dialog.setAttribute('open', '');
    label();
  };
  // The back gesture of a phone, and Esc where the focus is nowhere in particular.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    onDismiss();
  });
  launcher.addEventListener('click', onToggle);

  return {
    root,
    launcher,
    isOpen: () => !floating || dialog.open,
    setOptions({ position, language, theme, title }) {
      floating = position !== 'inline';
      root.dir = language.direction;
      root.lang = language.code;
      root.dataset.mode = floating ? 'float' : 'inline';
      root.dataset.side = position;
      if (theme === undefined) delete root.dataset.theme;
      else root.dataset.theme = theme;
      labels = { open: `${language.strings.openChat}: ${title}`, close: language.strings.closeChat };
      label();
      if (floating === dialog.contains(panel.node) && root.contains(panel.node)) return;
      if (floating) {
        dialog.append(panel.node);
        root.replaceChildren(launcher, dialog);
        raise(root);
      } else {
        if (dialog.open) dialog.close();
        root.replaceChildren(panel.node);
        lower(root);
      }
    },
    show,
    connect(signal) {
      if (floating) raise(root);
      // Taken out of the page, a dialog leaves the top layer.
      const reopen = () => {
        if (!dialog.open) return;
        dialog.close();
        show(true);
      };
      reopen();
      const narrow = matchMedia(FULL_SCREEN);
      narrow.addEventListener('change', reopen, { signal });
      followViewport(root, signal);
    },
  };
}

/** The top layer is above any z-index of the page. */
function raise(root: HTMLElement): void {
  if (!('showPopover' in root) || !root.isConnected) return;
  root.popover = 'manual';
  if (!root.matches(':popover-open')) root.showPopover();
}

function lower(root: HTMLElement): void {
  if ('popover' in root) root.popover = null;
}

/** An on-screen keyboard covers the page without making it smaller: only the visual viewport tells. */
function followViewport(root: HTMLElement, signal: AbortSignal): void {
  const viewport = window.visualViewport;
  if (viewport === null) return;
  const follow = () => {
    // Zoomed in by hand, the reader moves about in the page: nothing may jump.
    const still = Math.abs(viewport.scale - 1) < 0.01;
    root.style.setProperty('--viewport-height', still ? `${viewport.height}px` : '100dvh');
    root.style.setProperty('--viewport-top', still ? `${viewport.offsetTop}px` : '0px');
  };
  viewport.addEventListener('resize', follow, { signal });
  viewport.addEventListener('scroll', follow, { signal });
}
