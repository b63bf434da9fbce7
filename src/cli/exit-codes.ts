import { IbidError } from '../model/errors.ts';

/** How commands end; `--help` says the same. */
export const EXIT = { ok: 0, failure: 1, badUsage: 2, someFailed: 3, interrupted: 130 } as const;

export const EXIT_CODES_HELP = `
Exit codes: 0 done (a declined question is a normal reply); 1 failure; 2 bad usage or faulty settings;
3 done, but some documents could not be read (ingest); 130 interrupted.`;

/** The exit code of a command that threw. */
export function exitCodeOf(error: unknown): number {
  const isUsage = error instanceof IbidError && ['bad_request', 'config_invalid'].includes(error.code);
  return isUsage ? EXIT.badUsage : EXIT.failure;
}
