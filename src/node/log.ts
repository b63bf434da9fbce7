import type { LogLevel } from '../config.ts';
import type { LogEntry } from '../http/dependencies.ts';

/** A line of the log: a request, a fault, or something the process did. */
export type NodeLogEntry = LogEntry | { readonly event: 'notice'; readonly message: string };

export type Log = (entry: NodeLogEntry) => void;

/** Writes one line an entry: JSON for machines, else words. Stack traces appear at level `debug` alone. */
export function createLog(options: {
  readonly level: LogLevel;
  readonly json: boolean;
  readonly write: (line: string) => void;
  readonly now: () => Date;
}): Log {
  const { level, json, write, now } = options;
  if (level === 'silent') return () => {};
  return (entry) => {
    const shown = entry.event === 'fault' && level !== 'debug' ? { ...entry, stack: undefined } : entry;
    const time = now().toISOString();
    write(json ? `${JSON.stringify({ time, ...shown })}\n` : `${time} ${inWords(shown)}\n`);
  };
}

function inWords(
  entry: NodeLogEntry | { event: 'fault'; id: string; message: string; stack?: string | undefined },
): string {
  if (entry.event === 'notice') return entry.message;
  if (entry.event === 'fault') return `${entry.id} fault: ${entry.stack ?? entry.message}`;
  return `${entry.id} ${entry.method} ${entry.path} ${entry.status} ${Math.round(entry.ms)} ms`;
}
