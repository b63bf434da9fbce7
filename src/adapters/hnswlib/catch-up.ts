import type { PassageStore } from '../../ports/passage-store.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import type { Graph } from './graph.ts';

/** Vectors of the first batch that are compared number by number. */
const SAMPLE = 100;

/** Brings a graph up to date with the store, adding and removing only what differs; returns the generation it then has. */
export async function catchUp(
  graph: Graph,
  store: Pick<PassageStore, 'manifest' | 'vectors'>,
): Promise<number> {
  for (;;) {
    const before = (await store.manifest())?.generation ?? 0;
    const seen = new Set<string>();
    for await (const batch of store.vectors()) {
      for (const { passageId } of batch) seen.add(passageId);
      await graph.add(batch.filter((record) => !holds(graph, record)));
    }
    graph.remove(
      graph.labels.flatMap((record) => (record && !seen.has(record.passageId) ? [record.passageId] : [])),
    );
    // Something was committed while the vectors were read: look again, which now costs little.
    if (before === ((await store.manifest())?.generation ?? 0)) return before;
  }
}

/**
 * Whether a loaded graph is of this very store: a store made anew may have come to the same generation with other passages.
 * Compares the count and the first batch; passage ids derive from what is in them.
 */
export async function isOfStore(
  graph: Graph,
  store: Pick<PassageStore, 'countDocuments' | 'vectors'>,
): Promise<boolean> {
  if ((await store.countDocuments()).passages !== graph.size) return false;
  for await (const batch of store.vectors()) {
    return (
      batch.every(({ passageId }) => graph.has(passageId)) &&
      batch.slice(0, SAMPLE).every((record) => holds(graph, record))
    );
  }
  return true;
}

function holds(graph: Graph, { passageId, vector }: VectorRecord): boolean {
  const held = graph.vectorOf(passageId);
  return held?.every((number, at) => number === vector[at]) ?? false;
}
