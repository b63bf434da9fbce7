import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentSource } from '../../ports/document-source.ts';
import { type CliContext, coloursFor, configOf, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { createIngestProgress, type ProgressView } from '../ingest-progress.ts';
import { printableLine } from '../printable.ts';
import { connectToIbid, type RemoteIbid } from './remote-ibid.ts';
import { type SendReport, sendSource } from './send-source.ts';

const ASK_EVERY_MS = 1_000;

/** `ibid ingest --to`: sends what these sources hold to another Ibid, and waits until it answers from it. */
export async function sendAll(
  sources: readonly DocumentSource[],
  to: string,
  { json, context }: { readonly json: boolean; readonly context: CliContext },
): Promise<void> {
  const { signal, stderr } = context;
  const { adminKey } = configOf(context);
  const remote = connectToIbid({ url: to, adminKey, fetch, signal, sleep: (ms) => sleep(ms) });
  const progress = createIngestProgress(stderr, () => performance.now(), 'documents');
  const reports: SendReport[] = [];
  try {
    const stored = await remote.listDocuments();
    for (const source of sources) {
      const onRead = (done: number) => progress.update({ phase: 'loading', done, total: done });
      reports.push(await sendSource(remote, source, { stored, signal, onRead }));
    }
    const failed = await waitUntilIngested(remote, progress, signal);
    const total = sum([...reports, { added: 0, changed: 0, unchanged: 0, removed: 0, failed }]);
    progress.stop();
    report(total, { json, context });
  } finally {
    progress.stop();
  }
}

/** Resolves when nothing waits there any more and everything can be found; gives what could not be ingested. */
async function waitUntilIngested(
  remote: RemoteIbid,
  progress: ProgressView,
  signal: AbortSignal,
): Promise<SendReport['failed']> {
  for (let total = 0; ; ) {
    const { waiting, settling, failed } = await remote.status();
    total = Math.max(total, waiting);
    if (waiting === 0 && settling === 0) return failed;
    progress.update({ phase: 'embedding', done: total - waiting, total });
    await sleep(ASK_EVERY_MS, undefined, { signal });
  }
}

function sum(reports: readonly SendReport[]): SendReport {
  const total = (of: (report: SendReport) => number) => reports.reduce((so, one) => so + of(one), 0);
  return {
    added: total(({ added }) => added),
    changed: total(({ changed }) => changed),
    unchanged: total(({ unchanged }) => unchanged),
    removed: total(({ removed }) => removed),
    failed: reports.flatMap(({ failed }) => failed),
  };
}

function report(total: SendReport, { json, context }: { json: boolean; context: CliContext }): void {
  const { added, changed, unchanged, removed, failed } = total;
  if (json) printJson(context, { added, changed, removed, unchanged, failed });
  else {
    const warn = coloursFor(context.stderr).yellow;
    for (const { uri, message } of failed)
      context.stderr.write(`${warn('skipped')} ${printableLine(uri)}: ${printableLine(message)}\n`);
    context.stdout.write(
      `${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged, ${failed.length} failed\n`,
    );
  }
  if (failed.length > 0) context.setExitCode(EXIT.someFailed);
}
