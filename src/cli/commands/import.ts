import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { openIbid } from '../../node.ts';
import { type CliContext, configOf, printJson } from '../context.ts';
import { createIngestProgress } from '../ingest-progress.ts';
import { connectToIbid } from '../send/remote-ibid.ts';
import { type ArchiveFile, withArchive } from '../transfer/archive-file.ts';
import { type Imported, importHere, importThere } from '../transfer/write-records.ts';

interface Options {
  readonly to?: string;
  readonly json?: boolean;
}

/** `ibid import`: takes in what `ibid export` wrote. */
export function addImportCommand(program: Command, context: CliContext): void {
  program
    .command('import')
    .description('take in documents, conversations and feedback that `ibid export` wrote')
    .argument('<file>', 'the file, packed or not; - for the standard input')
    .option('--to <url>', 'send it to the Ibid at this address; needs its IBID_ADMIN_KEY')
    .option('--json', 'print what was taken in as JSON')
    .action((file: string, options: Options) => importFrom(file, options, context));
}

async function importFrom(file: string, { to, json = false }: Options, context: CliContext): Promise<void> {
  const { documents, turns, expired } = await withArchive(file, context.stdin, (archive) =>
    to === undefined ? takeIn(archive, context) : send(archive, to, context),
  );
  if (json) return printJson(context, { documents, turns, expired });
  const { added, changed, unchanged } = documents;
  context.stdout.write(
    `documents: ${added} added, ${changed} changed, ${unchanged} unchanged; turns of conversations: ${turns} added\n`,
  );
  if (expired > 0)
    context.stderr.write(
      `${expired} conversation${expired === 1 ? '' : 's'} left out, older than IBID_CONVERSATION_TTL lets them grow; to keep all, set it to never and import again.\n`,
    );
}

async function takeIn(archive: ArchiveFile, context: CliContext): Promise<Imported> {
  const { signal, stderr } = context;
  const ibid = await openIbid(configOf(context), {
    onWait: (holder) => stderr.write(`Waiting for the ingestion by ${holder} to end.\n`),
  });
  const progress = createIngestProgress(stderr, () => performance.now());
  try {
    return await importHere(ibid, archive, {
      signal,
      onProgress: (done, total) => progress.update({ phase: 'embedding', done, total }),
    });
  } finally {
    progress.stop();
    await ibid.close();
  }
}

async function send(archive: ArchiveFile, url: string, context: CliContext): Promise<Imported> {
  const { signal, stderr } = context;
  const { adminKey } = configOf(context);
  const remote = connectToIbid({ url, adminKey, fetch, signal, sleep: (ms) => sleep(ms) });
  const progress = createIngestProgress(stderr, () => performance.now(), 'records');
  try {
    return await importThere(remote, archive, (done, total) =>
      progress.update({ phase: 'loading', done, total }),
    );
  } finally {
    progress.stop();
  }
}
