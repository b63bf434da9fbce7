import type { LogLevel } from '../config.ts';
import type { LogEntry } from '../http/dependencies.ts';

/** Writes an entry as one JSON object, which Workers Logs take apart. Stack traces appear at level `debug` alone. */
export function createWorkerLog(level: LogLevel): (entry: LogEntry) => void {
  if (level === 'silent') return () => {};
  return (entry) => {
    const shown = entry.event === 'fault' && level !== 'debug' ? { ...entry, stack: undefined } : entry;
    console.log(JSON.stringify(shown));
  };
}
