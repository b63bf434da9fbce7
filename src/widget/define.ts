import { IbidChat } from './ibid-chat.ts';

const NAME = 'ibid-chat';

/** Makes `<ibid-chat>` known to the page, once. False where the browser has no custom elements. */
export function defineIbidChat(): boolean {
  const registry: CustomElementRegistry | undefined = globalThis.customElements;
  if (registry === undefined) return false;
  if (registry.get(NAME) === undefined) registry.define(NAME, IbidChat);
  return true;
}
