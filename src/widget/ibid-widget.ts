import { defineIbidChat } from './define.ts';
import type { IbidChat } from './ibid-chat.ts';

/** The npm entry `ibid/widget`: importing it makes `<ibid-chat>` known. Harmless where pages are rendered on a server. */
defineIbidChat();

declare global {
  interface HTMLElementTagNameMap {
    'ibid-chat': IbidChat;
  }
}

export type { SessionSource } from './client/session.ts';
export type { IbidEvents } from './events.ts';
export { IbidChat } from './ibid-chat.ts';
