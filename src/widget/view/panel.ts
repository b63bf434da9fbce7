import type { Options } from '../options.ts';
import { type Announcer, createAnnouncer } from './announcer.ts';
import { type Composer, createComposer } from './composer.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

export interface Panel {
  readonly node: HTMLElement;
  readonly title: HTMLElement;
  readonly log: HTMLElement;
  readonly greeting: HTMLElement;
  readonly composer: Composer;
  readonly announcer: Announcer;
  setOptions(options: Options): void;
}

/** What the panel's buttons do. */
export interface PanelActions {
  send(question: string): void;
  stop(): void;
  restart(): void;
  close(): void;
}

/** The chat itself: head, transcript and composer. The transcript is a log that is read by hand, not aloud. */
export function createPanel(on: PanelActions, newId: () => string): Panel {
  const title = element('h2', { id: newId(), tabindex: '-1', dir: 'auto' });
  const restart = element('button', { type: 'button', class: 'icon restart' }, icon('restart'));
  const close = element('button', { type: 'button', class: 'icon close' }, icon('close'));
  const head = element('div', { class: 'head' }, title, restart, close);
  const greeting = element('p', { class: 'greeting', dir: 'auto' });
  const log = element('div', { class: 'log', role: 'log', 'aria-live': 'off', tabindex: '0' }, greeting);
  const composer = createComposer(on, newId());
  const announcer = createAnnouncer();
  const node = element(
    'section',
    { class: 'panel', 'aria-labelledby': title.id },
    head,
    log,
    composer.node,
    announcer.node,
  );
  restart.addEventListener('click', on.restart);
  close.addEventListener('click', on.close);
  return {
    node,
    title,
    log,
    greeting,
    composer,
    announcer,
    setOptions(options) {
      const { strings } = options.language;
      title.textContent = options.title;
      greeting.textContent = options.greeting;
      log.setAttribute('aria-label', strings.conversation);
      for (const [button, name] of [
        [restart, strings.restart],
        [close, strings.closeChat],
      ] as const) {
        button.setAttribute('aria-label', name);
        button.title = name;
      }
      close.hidden = options.position === 'inline';
      composer.setStrings(strings);
    },
  };
}
