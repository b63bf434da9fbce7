import pc from 'picocolors';
import type { Config, Environment } from '../config.ts';
import { parseConfig } from '../config.ts';

/** What a command may touch of the world outside. */
export interface CliContext {
  readonly environment: Environment;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Ends with the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

export type Colours = ReturnType<typeof pc.createColors>;

/** Colours for a stream: none for a pipe or a file, nor with NO_COLOR (https://no-color.org). */
export function coloursFor(stream: NodeJS.WriteStream): Colours {
  return pc.createColors(pc.isColorSupported && stream.isTTY === true);
}

export function configOf({ environment }: CliContext): Config {
  return parseConfig(environment);
}

/** Prints one JSON value. */
export function printJson({ stdout }: CliContext, value: unknown): void {
  stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
