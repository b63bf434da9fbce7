import pc from 'picocolors';
import type { Config, Environment } from '../config.ts';
import { parseConfig } from '../config.ts';

/** A stream that text goes to, perhaps a terminal. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** What people or programs write, perhaps at a terminal. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** What a command may touch of the world outside. */
export interface CliContext {
  readonly environment: Environment;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Ends with the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Sets the exit code of a command that did its work all the same. */
  readonly setExitCode: (code: number) => void;
}

export type Colours = ReturnType<typeof pc.createColors>;

/** Colours for a stream: none for a pipe or a file, nor with NO_COLOR (https://no-color.org). */
export function coloursFor(stream: Output): Colours {
  return pc.createColors(pc.isColorSupported && stream.isTTY === true);
}

export function configOf({ environment }: CliContext): Config {
  return parseConfig(environment);
}

/** Prints one JSON value. */
export function printJson({ stdout }: CliContext, value: unknown): void {
  stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
