import type { Command } from 'commander';
import { encodeIngestReport } from '../../http/encoders/document.ts';
import type { IngestReport } from '../../ingest/report.ts';
import { configuredSource, namedSources } from '../../node/sources.ts';
import { openIbid } from '../../node.ts';
import type { DocumentSource } from '../../ports/document-source.ts';
import { type CliContext, coloursFor, configOf, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { createIngestProgress } from '../ingest-progress.ts';
import { printableLine } from '../printable.ts';

interface Options {
  readonly rebuild?: boolean;
  readonly crawl?: boolean;
  readonly allowPrivate?: boolean;
  readonly to?: string;
  readonly json?: boolean;
}

/** `ibid ingest`: brings the index up to date with folders, files, pages and sitemaps. */
export function addIngestCommand(program: Command, context: CliContext): void {
  program
    .command('ingest')
    .description('bring the index up to date with folders, files, pages or sitemaps')
    .argument('[path|url...]', 'what to read; IBID_DOCUMENTS without it')
    .option('--rebuild', 'index anew; needed after a change of the embedding model')
    .option('--crawl', 'follow links within the site of a URL')
    .option('--allow-private', 'allow URLs of private and loopback addresses')
    .option('--to <url>', 'read here and send to the Ibid at this address; needs its IBID_ADMIN_KEY')
    .option('--json', 'print the report as JSON')
    .action((places: string[], options: Options) => ingest(places, options, context));
}

async function ingest(places: readonly string[], options: Options, context: CliContext): Promise<void> {
  const config = configOf(context);
  const { rebuild = false, json = false, to, ...web } = options;
  const sources =
    places.length > 0 ? await namedSources(config, places, web) : [await configuredSource(config)];
  if (to !== undefined) {
    const { sendAll } = await import('../send/send-all.ts');
    return sendAll(sources, to, { json, context });
  }
  const ibid = await openIbid(config, {
    rebuild,
    onWait: (holder) => context.stderr.write(`Waiting for the ingestion by ${holder} to end.\n`),
  });
  try {
    const reports: IngestReport[] = [];
    for (const source of sources) reports.push(await ingestOne(ibid.ingest, source, rebuild, context));
    const report = sum(reports);
    if (json) printJson(context, encodeIngestReport(report));
    else printReport(report, context);
    if (report.failed.length > 0) context.setExitCode(EXIT.someFailed);
  } finally {
    await ibid.close();
  }
}

async function ingestOne(
  run: Awaited<ReturnType<typeof openIbid>>['ingest'],
  source: DocumentSource,
  rebuild: boolean,
  { stderr, signal }: CliContext,
): Promise<IngestReport> {
  const progress = createIngestProgress(stderr, () => performance.now());
  try {
    return await run(source, { rebuild, signal, onProgress: progress.update });
  } finally {
    progress.stop();
  }
}

function sum(reports: readonly IngestReport[]): IngestReport {
  const total = (of: (report: IngestReport) => number) => reports.reduce((so, report) => so + of(report), 0);
  return {
    added: total(({ added }) => added),
    changed: total(({ changed }) => changed),
    removed: total(({ removed }) => removed),
    unchanged: total(({ unchanged }) => unchanged),
    failed: reports.flatMap(({ failed }) => failed),
    embeddedPassages: total(({ embeddedPassages }) => embeddedPassages),
    reusedPassages: total(({ reusedPassages }) => reusedPassages),
    generation: reports.at(-1)?.generation ?? 0,
    elapsedMs: total(({ elapsedMs }) => elapsedMs),
  };
}

function printReport(report: IngestReport, { stdout, stderr }: CliContext): void {
  const warn = coloursFor(stderr).yellow;
  for (const { uri, message } of report.failed) {
    stderr.write(`${warn('skipped')} ${printableLine(uri)}: ${printableLine(message)}\n`);
  }
  const { added, changed, removed, unchanged, failed, embeddedPassages, reusedPassages, elapsedMs } = report;
  stdout.write(
    `${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged, ${failed.length} failed\n` +
      `${embeddedPassages} passages embedded, ${reusedPassages} reused, in ${(elapsedMs / 1000).toFixed(1)} s\n`,
  );
}
