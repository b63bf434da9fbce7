import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { openStored } from '../../node.ts';
import type { Counts } from '../../transfer/archive.ts';
import { type CliContext, configOf, printJson } from '../context.ts';
import { connectToIbid } from '../send/remote-ibid.ts';
import { writeArchive } from '../transfer/archive-file.ts';
import { readRemote, readStored } from '../transfer/read-records.ts';

interface Options {
  readonly from?: string;
  readonly json?: boolean;
}

/** `ibid export`: writes documents, conversations and feedback to a file. */
export function addExportCommand(program: Command, context: CliContext): void {
  program
    .command('export')
    .description('write documents, conversations and feedback to a file, to move them')
    .argument('<file>', 'JSON Lines; packed when its name ends with .gz, - for the standard output')
    .option('--from <url>', 'read from the Ibid at this address; needs its IBID_ADMIN_KEY')
    .option('--json', 'print what it holds as JSON')
    .action((file: string, options: Options) => exportTo(file, options, context));
}

async function exportTo(file: string, { from, json = false }: Options, context: CliContext): Promise<void> {
  const counts =
    from === undefined ? await exportHere(file, context) : await exportThere(file, from, context);
  // The archive itself may be on the standard output.
  if (file === '-') context.stderr.write(`${describe(counts)}\n`);
  else if (json) printJson(context, { file, ...counts });
  else context.stdout.write(`${describe(counts)} in ${file}\n`);
}

async function exportHere(file: string, context: CliContext): Promise<Counts> {
  const stored = await openStored(configOf(context));
  try {
    return await writeArchive(file, readStored(stored, now()), context);
  } finally {
    await stored.close();
  }
}

function exportThere(file: string, url: string, context: CliContext): Promise<Counts> {
  const { adminKey } = configOf(context);
  const { signal } = context;
  const remote = connectToIbid({ url, adminKey, fetch, signal, sleep: (ms) => sleep(ms) });
  return writeArchive(file, readRemote(remote, now()), context);
}

function now(): string {
  return new Date().toISOString();
}

function describe({ documents, passages, conversations, feedback }: Counts): string {
  return `${documents} documents with ${passages} passages, ${conversations} conversations with ${feedback} ratings`;
}
