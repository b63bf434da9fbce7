import type { PassageStore } from '../../ports/passage-store.ts';
import type { VectorChange, VectorIndex } from '../../ports/vector-index.ts';
import { catchUp, isOfStore } from './catch-up.ts';
import { createGraph, type Graph } from './graph.ts';
import { loadGraph, saveGraph } from './graph-file.ts';

export interface HnswVectorIndex extends VectorIndex {
  /** Catches up with what others, such as another process, committed to the store. Costs little when nothing was. */
  refresh(): Promise<void>;
  /** Saves what is not saved yet. Rejects when the disk does not take it; the index goes on in memory. */
  flush(): Promise<void>;
  /** Waits for changes under way and saves; the index is not used afterwards. */
  close(): Promise<void>;
}

export interface HnswVectorIndexOptions {
  readonly store: Pick<PassageStore, 'manifest' | 'vectors' | 'countDocuments'>;
  /** Holds the graph's files and nothing else. */
  readonly directory: string;
  readonly dimensions: number;
  /** How long after a change the graph is saved, in milliseconds; further changes put it off. Default 2,000. */
  readonly saveAfterMs?: number;
  /** Told when a save in the background failed; the graph is then built again at the next start. */
  readonly onSaveFailed?: (error: unknown) => void;
}

/** Labels are never used again, so a graph of which so much is removed is built anew. */
const MOST_REMOVED_SHARE = 0.3;
const FEWEST_LABELS_TO_COMPACT = 2_000;

/**
 * Nearest passages by an HNSW graph (Malkov and Yashunin, 2016), kept in files beside the store that it derives from.
 * A file of another generation is brought up to date with the store; a missing or damaged one is built anew.
 * Changes serve at once and are saved a little later: stopped before that, the next start catches up.
 */
export async function openHnswVectorIndex(options: HnswVectorIndexOptions): Promise<HnswVectorIndex> {
  const { store, directory, dimensions, saveAfterMs = 2_000, onSaveFailed = () => {} } = options;
  const saved = await loadGraph(directory, dimensions);
  let graph = saved?.graph ?? createGraph(dimensions, (await store.countDocuments()).passages);
  let savedGeneration = saved?.generation ?? 0;
  let generation = savedGeneration;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Changes and saves take turns, since a graph must not grow while it is written. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function save(): Promise<void> {
    clearTimeout(timer);
    if (savedGeneration === generation) return;
    await saveGraph(directory, graph, generation);
    savedGeneration = generation;
  }

  function saveSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void inTurn(save).catch(onSaveFailed), saveAfterMs).unref();
  }

  async function refresh(): Promise<void> {
    if (((await store.manifest())?.generation ?? 0) === generation) return;
    generation = await catchUp(graph, store);
    graph = await compacted(graph);
    saveSoon();
  }

  async function change({ upserts, removals, generation: next }: VectorChange): Promise<void> {
    // A change in between was not told of here.
    if (next > generation + 1) return refresh();
    await graph.add(upserts);
    const upserted = new Set(upserts.map(({ passageId }) => passageId));
    graph.remove(removals.filter((passageId) => !upserted.has(passageId)));
    graph = await compacted(graph);
    generation = next;
    saveSoon();
  }

  if (saved && !(await isOfStore(graph, store))) {
    savedGeneration = -1;
    generation = -1;
  }
  await refresh();
  return {
    search: async (query) => graph.search(query),
    refresh: () => inTurn(refresh),
    apply: (given) => inTurn(() => change(given)),
    flush: () => inTurn(save),
    close: () => inTurn(save),
  };
}

async function compacted(graph: Graph): Promise<Graph> {
  const removed = graph.labels.length - graph.size;
  const few = graph.labels.length < FEWEST_LABELS_TO_COMPACT;
  if (few || removed < graph.labels.length * MOST_REMOVED_SHARE) return graph;
  const fresh = createGraph(graph.dimensions, graph.size);
  for (const record of graph.labels) {
    const vector = record && graph.vectorOf(record.passageId);
    if (vector) await fresh.add([{ ...record, vector: Float32Array.from(vector) }]);
  }
  return fresh;
}
