import type { IbidChat } from './ibid-chat.ts';

const METHODS = ['open', 'close', 'ask', 'reset'] as const;

type Method = (typeof METHODS)[number];

/** A call of before the script was there: a method's name and its arguments. */
type Call = ArrayLike<unknown>;

/**
 * The one global, `window.ibid`. Before the script has come it may be a list, `(window.ibid ||= []).push(['ask', '…'])`;
 * then it is a function of the same calls, `ibid('ask', '…')`, with a `push` for lists and the methods by name.
 */
interface IbidGlobal {
  (method: Method, ...args: unknown[]): void;
  push(call: Call): void;
  open(): void;
  close(): void;
  ask(question: string): void;
  reset(): void;
}

declare global {
  interface Window {
    ibid?: IbidGlobal | Call[] | ({ q?: Call[] } & ((...call: unknown[]) => void));
  }
}

/** Installs the global and takes over the calls that were made before; they wait until `target` finds a chat. */
export function createQueue(target: () => IbidChat | undefined): { flush(): void } {
  const before = window.ibid;
  const waiting: Call[] = [
    ...(Array.isArray(before) ? before : ((before as { q?: Call[] } | undefined)?.q ?? [])),
  ];
  const flush = () => {
    const chat = target();
    if (chat === undefined) return;
    for (const [method, ...args] of waiting.splice(0).map((call) => Array.from(call))) {
      const known = METHODS.find((name) => name === method);
      if (known === undefined)
        console.warn(`ibid: there is no method ${String(method)}; there are ${METHODS.join(', ')}.`);
      else if (known === 'ask') chat.ask(String(args[0] ?? ''));
      else chat[known]();
    }
  };
  const push = (call: Call) => {
    waiting.push(call);
    flush();
  };
  window.ibid = Object.assign((...call: unknown[]) => push(call), {
    push,
    open: () => push(['open']),
    close: () => push(['close']),
    ask: (question: string) => push(['ask', question]),
    reset: () => push(['reset']),
  });
  return { flush };
}
