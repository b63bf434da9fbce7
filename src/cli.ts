#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import type { CliContext } from './cli/context.ts';
import { coloursFor } from './cli/context.ts';
import { EXIT, exitCodeOf } from './cli/exit-codes.ts';
import { printable } from './cli/printable.ts';
import { createProgram } from './cli/program.ts';
import { messageOf } from './model/errors.ts';

await main();

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const context: CliContext = {
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stopSignal(),
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
  // A reader such as `head` may close the pipe early; that is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
  try {
    await createProgram(context, versionOf()).parseAsync(process.argv);
  } catch (error) {
    process.exitCode = report(error, context);
  }
}

/** Aborts at the first SIGINT or SIGTERM; the second ends the process at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      controller.abort(new Error('Interrupted. The index is as it was; work already embedded is kept.'));
    });
  }
  return controller.signal;
}

/** Writes one clear line and gives the exit code. */
function report(error: unknown, { stderr, environment, signal }: CliContext): number {
  // Commander has said already what is wrong, or shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badUsage;
  const trace = environment.IBID_LOG === 'debug' && error instanceof Error ? error.stack : undefined;
  stderr.write(`${coloursFor(stderr).red('ibid:')} ${printable(trace ?? messageOf(error))}\n`);
  return signal.aborted ? EXIT.interrupted : exitCodeOf(error);
}

/** From this package's manifest, which lies above both src/ and dist/src/. */
function versionOf(): string {
  for (const path of ['../package.json', '../../package.json']) {
    const url = new URL(path, import.meta.url);
    if (existsSync(url)) return (JSON.parse(readFileSync(url, 'utf8')) as { version: string }).version;
  }
  return 'unknown';
}
