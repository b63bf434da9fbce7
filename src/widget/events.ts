import type { Answer, Citation } from '../client/client.ts';
import type { Fault } from './client/fault.ts';

/** The events of `<ibid-chat>` with their `detail`. All bubble and leave the shadow root. */
export interface IbidEvents {
  'ibid:open': undefined;
  'ibid:question': { readonly question: string };
  'ibid:answer': { readonly question: string; readonly answer: Answer };
  /** A source is opened. `preventDefault()` keeps the widget from showing it: the page does. */
  'ibid:citation': { readonly citation: Citation };
  'ibid:feedback': { readonly answer_id: string; readonly rating: 'up' | 'down'; readonly comment?: string };
  'ibid:error': Fault & { readonly question: string };
}

/** Sends an event from the element; false when a listener prevented its default. */
export function emit<Name extends keyof IbidEvents>(
  from: EventTarget,
  name: Name,
  detail: IbidEvents[Name],
): boolean {
  const cancelable = name === 'ibid:citation';
  return from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}
