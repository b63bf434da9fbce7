import type { LoadedDocument } from '../model/document.ts';
import { IbidError, messageOf } from '../model/errors.ts';
import { assertCompatible, type IndexIdentity, type IndexManifest } from '../model/manifest.ts';
import type { DocumentSource, SourceItem } from '../ports/document-source.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { LoadMemory, ReadDocument } from '../ports/load-memory.ts';
import type { IndexedDocument, PassageStore } from '../ports/passage-store.ts';
import type { VectorIndex } from '../ports/vector-index.ts';
import { contentHash } from './content-hash.ts';
import { createEmbedQueue, type EmbedQueue } from './embed-queue.ts';
import { listAll } from './list-all.ts';
import type { Exclusive } from './mutex.ts';
import { createPlan, type Known, type Plan } from './plan.ts';
import { prepareDocument } from './prepare.ts';
import { type ItemRead, openReads, type Reads } from './reads.ts';
import { reembed } from './reembed.ts';
import type { Ingest, IngestFailure, IngestOptions, IngestReport } from './report.ts';
import { SPLITTER_VERSION, TARGET_TOKENS } from './split.ts';

export interface IngestDeps {
  readonly store: PassageStore;
  readonly embedder: Embedder;
  readonly index: VectorIndex;
  /** Whoever changes the index holds this lock. */
  readonly exclusive: Exclusive;
  /** Spares reading files anew that have not changed. */
  readonly memory?: LoadMemory;
  /** Milliseconds, for the report. */
  readonly clock: () => number;
  /** Tokens that a passage aims at. */
  readonly targetTokens?: number;
}

/**
 * Brings the index up to date with a source: load what is not known by its fingerprint, compare by hash, split, embed what is
 * new, commit once.
 * Until the commit nothing is visible but cached embeddings, so that a run that stops loses no work and changes nothing.
 * Rejects with `index_incompatible`, `embedder_failed`, the source's own error, or the signal's reason.
 */
export function createIngest(deps: IngestDeps): Ingest {
  return (source, options = {}) => deps.exclusive(() => ingestOnce(deps, source, options));
}

export function indexIdentity(embedder: Embedder, targetTokens = TARGET_TOKENS): IndexIdentity {
  const { id: embedderId, dimensions, pooling } = embedder;
  return { embedderId, dimensions, pooling, splitterVersion: splitterOf(targetTokens) };
}

/** What the splitter makes depends on its version and its target. */
export function splitterOf(targetTokens = TARGET_TOKENS): string {
  return `${SPLITTER_VERSION}/${targetTokens}`;
}

interface Run {
  readonly deps: IngestDeps;
  readonly identity: IndexIdentity;
  readonly origin: string;
  readonly options: IngestOptions;
  readonly plan: Plan;
  readonly reads: Reads;
  readonly queue: EmbedQueue;
  readonly upserts: IndexedDocument[];
  readonly failed: IngestFailure[];
  readonly counts: { added: number; changed: number; unchanged: number };
}

async function ingestOnce(
  deps: IngestDeps,
  source: DocumentSource,
  options: IngestOptions,
): Promise<IngestReport> {
  const startedAt = deps.clock();
  const { signal, rebuild = false, prune = true } = options;
  signal?.throwIfAborted();
  const identity = indexIdentity(deps.embedder, deps.targetTokens);
  const manifest = await deps.store.manifest();
  if (manifest && !rebuild) assertCompatible(manifest, identity);
  const stored = await listAll(deps.store);
  const { splitterVersion } = identity;
  const reads = await openReads(deps.memory, { source: source.name, splitterVersion });
  const run = startRun(deps, source, options, { identity, stored, reads });
  try {
    for await (const item of source.items()) await takeItem(run, item);
  } catch (error) {
    await run.queue.finish().catch(() => undefined);
    throw error;
  }
  const removals = prune ? run.plan.removals() : [];
  if (manifest && isForeign(manifest, identity)) await takeOver(run, stored, removals);
  report(run, 'embedding');
  await run.queue.finish();
  const generation = await commit(run, manifest, removals);
  await reads.save();
  const { embedded, reused } = run.queue.counts;
  return {
    ...run.counts,
    removed: removals.length,
    failed: run.failed,
    embeddedPassages: embedded,
    reusedPassages: reused,
    generation,
    elapsedMs: deps.clock() - startedAt,
  };
}

function startRun(
  deps: IngestDeps,
  source: DocumentSource,
  options: IngestOptions,
  known: Pick<Run, 'identity' | 'reads'> & { readonly stored: readonly Known[] },
): Run {
  const { identity, reads, stored } = known;
  const { store, embedder } = deps;
  const { signal, rebuild = false } = options;
  const queue = createEmbedQueue({
    store,
    embedder,
    ...(signal === undefined ? {} : { signal }),
    onBatch: () => report(run, 'embedding'),
  });
  const run: Run = {
    deps,
    identity,
    origin: source.name,
    options,
    plan: createPlan(stored, { origin: source.name, rebuild }),
    reads,
    queue,
    upserts: [],
    failed: [],
    counts: { added: 0, changed: 0, unchanged: 0 },
  };
  return run;
}

/** Loads one item, unless it is known to hold what is stored; its failure is its own. */
async function takeItem(run: Run, item: SourceItem): Promise<void> {
  run.options.signal?.throwIfAborted();
  let loaded: LoadedDocument[];
  let read: ItemRead;
  try {
    read = await run.reads.of(item);
    if (read.before && run.plan.holds(read.before)) {
      for (const document of read.before) run.plan.judge(document);
      run.counts.unchanged += read.before.length;
      read.note(read.before);
      return;
    }
    loaded = await item.load();
  } catch (error) {
    run.plan.keep(item.uri);
    run.failed.push({ uri: item.uri, message: messageOf(error) });
    return;
  }
  const taken: ReadDocument[] = [];
  for (const document of loaded) taken.push(...(await takeDocument(run, document)));
  if (taken.length === loaded.length) read.note(taken);
  report(run, 'loading');
}

/** Gives what was taken: nothing of a document whose uri came before, so that it is told of each time. */
async function takeDocument(run: Run, loaded: LoadedDocument): Promise<ReadDocument[]> {
  const document = {
    uri: loaded.uri,
    contentHash: await contentHash(loaded, run.identity.splitterVersion),
  };
  const verdict = run.plan.judge(document);
  if (verdict === 'duplicate') {
    const message = 'Another document of this source has the same uri. Rename one of them.';
    run.failed.push({ uri: loaded.uri, message });
    return [];
  }
  run.counts[verdict]++;
  if (verdict === 'unchanged') return [document];
  const { embedder, targetTokens } = run.deps;
  const { indexed, inputs } = await prepareDocument(loaded, {
    contentHash: document.contentHash,
    origin: run.origin,
    embedder,
    ...(targetTokens === undefined ? {} : { targetTokens }),
  });
  run.upserts.push(indexed);
  await run.queue.add(inputs);
  return [document];
}

/** Documents that the source does not bring get the new embedder's vectors as well: one index, one embedder. */
async function takeOver(run: Run, stored: readonly Known[], removals: readonly Known[]): Promise<void> {
  const done = new Set([...run.upserts.map(({ document }) => document.id), ...removals.map(({ id }) => id)]);
  const others = stored.filter(({ id }) => !done.has(id));
  for await (const { indexed, inputs } of reembed(run.deps, others)) {
    run.upserts.push(indexed);
    await run.queue.add(inputs);
  }
}

async function commit(
  run: Run,
  manifest: IndexManifest | undefined,
  removals: readonly Known[],
): Promise<number> {
  const { store, index } = run.deps;
  if (manifest && run.upserts.length === 0 && removals.length === 0) return manifest.generation;
  run.options.signal?.throwIfAborted();
  report(run, 'committing');
  const { generation, addedPassages, removedPassageIds } = await store.commit({
    identity: run.identity,
    upserts: run.upserts,
    removals: removals.map(({ id }) => id),
  });
  if (generation === (manifest?.generation ?? 0)) return generation;
  await index.apply({ upserts: addedPassages, removals: removedPassageIds, generation });
  return generation;
}

function isForeign(manifest: IndexManifest, identity: IndexIdentity): boolean {
  try {
    assertCompatible(manifest, identity);
    return false;
  } catch (error) {
    if (error instanceof IbidError && error.code === 'index_incompatible') return true;
    throw error;
  }
}

function report(run: Run, phase: 'loading' | 'embedding' | 'committing'): void {
  const { total, embedded, reused } = run.queue.counts;
  run.options.onProgress?.({ phase, done: embedded + reused, total });
}
