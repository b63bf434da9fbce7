import { createInterface } from 'node:readline';
import type { CliContext } from '../context.ts';

/** Lines that a person types at a prompt, or that come through a pipe. */
export interface LineReader {
  /** The next line; undefined when there are no more, or the person leaves. */
  next(): Promise<string | undefined>;
  /** Does `work` meanwhile; Ctrl-C at the terminal aborts its signal, as the end of the process does. */
  during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  close(): void;
}

const HINT = 'Ctrl-C once more leaves, as /quit does.';

/** Reads at the terminal with editing and history when both ends are one. */
export function openLineReader(context: CliContext, prompt: string): LineReader {
  const { stdin, stdout, signal } = context;
  const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
  const lines: string[] = [];
  let waiting: ((line: string | undefined) => void) | undefined;
  let isClosed = false;
  let isHinted = false;
  let running: AbortController | undefined;
  const reader = createInterface({
    input: stdin,
    ...(isTerminal ? { output: stdout, terminal: true, prompt } : { terminal: false }),
  });

  // Of lines that come at once, each is for another asker.
  const deliver = (line: string | undefined) => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(line);
  };
  reader.on('line', (line) => {
    isHinted = false;
    if (waiting === undefined) lines.push(line);
    else deliver(line);
  });
  reader.on('close', () => {
    isClosed = true;
    deliver(undefined);
  });
  reader.on('SIGINT', () => {
    if (running) return running.abort();
    const isEmpty = reader.line === '';
    if (isEmpty && isHinted) return reader.close();
    isHinted = isEmpty;
    // What was typed is left behind, as in a shell.
    stdout.write(isEmpty ? `\n${HINT}\n` : '\n');
    reader.write(null, { ctrl: true, name: 'e' });
    reader.write(null, { ctrl: true, name: 'u' });
    reader.prompt();
  });
  const leave = () => {
    running?.abort();
    reader.close();
  };
  signal.addEventListener('abort', leave, { once: true });

  return {
    async next() {
      const line = lines.shift();
      if (line !== undefined || isClosed) return line;
      if (isTerminal) reader.prompt();
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    async during(work) {
      running = new AbortController();
      if (signal.aborted) running.abort();
      try {
        return await work(running.signal);
      } finally {
        running = undefined;
      }
    },
    close() {
      signal.removeEventListener('abort', leave);
      reader.close();
    },
  };
}
