import { defineIbidChat } from './define.ts';
import { setDefaultBase } from './ibid-chat.ts';
import { createQueue } from './queue.ts';

/**
 * `<script src="https://host/widget.js" async data-title="…"></script>`: a floating chat with the attributes of the tag, on
 * the server that the script came from. A page that holds an `<ibid-chat>` of its own gets no second one.
 */
function start(script: HTMLScriptElement | undefined): void {
  const base = new URL('.', script?.src || location.href).href.replace(/\/$/, '');
  setDefaultBase(base);
  if (!defineIbidChat()) return;
  const queue = createQueue(() => document.querySelector('ibid-chat') ?? undefined);
  const mount = () => {
    if (document.querySelector('ibid-chat') === null) document.body.append(elementFor(script));
    queue.flush();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', mount, { once: true });
  else mount();
}

function elementFor(script: HTMLScriptElement | undefined): HTMLElement {
  const element = document.createElement('ibid-chat');
  for (const [name, value] of Object.entries(script?.dataset ?? {})) element.dataset[name] = value ?? '';
  element.dataset.position ??= 'end';
  return element;
}

const { currentScript } = document;
start(currentScript instanceof HTMLScriptElement ? currentScript : undefined);
