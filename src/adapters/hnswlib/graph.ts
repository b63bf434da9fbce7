import { setImmediate as yieldToOthers } from 'node:timers/promises';
import hnswlib from 'hnswlib-node';
import { assertUnitVector } from '../../model/unit-vector.ts';
import type { VectorMatch, VectorQuery, VectorRecord } from '../../ports/vector-index.ts';

/** Neighbours of a node and breadth of the search that links it: recall@10 above 0.99 at 100,000 vectors. */
const LINKS = 16;
const BUILD_BREADTH = 200;
/** Breadth of a search; at 100,000 vectors 100 finds all but 1 in 1,000 of the ten nearest, in about half a millisecond. */
const SEARCH_BREADTH = 100;
/** Up to here, comparing each allowed vector is as quick as a filtered walk through the graph, and exact. */
const MOST_COMPARED = 512;
const FIRST_CAPACITY = 1_024;
/** Adding a vector takes up to a millisecond: others get their turn after so many milliseconds of it. */
const TURN_MS = 12;

type Native = InstanceType<typeof hnswlib.HierarchicalNSW>;

/** What a label of the graph stands for; undefined once removed, for labels are never used again. */
export type Labels = ({ readonly passageId: string; readonly documentId: string } | undefined)[];

/**
 * The native graph with its labels. hnswlib checks little of what it is given: a wrong number aborts the process or spoils
 * the graph, so all is checked here, and an object whose reading failed is never touched again.
 */
export interface Graph {
  readonly dimensions: number;
  readonly labels: Readonly<Labels>;
  /** Passages that can be found. */
  readonly size: number;
  has(passageId: string): boolean;
  /** The vector of a passage, as it was added. */
  vectorOf(passageId: string): number[] | undefined;
  search(query: VectorQuery): VectorMatch[];
  /** Adds or replaces. Lets others run meanwhile; they may search. */
  add(records: readonly VectorRecord[]): Promise<void>;
  remove(passageIds: readonly string[]): void;
  /** Writes the graph, without its labels, to a new file. Nothing may be added meanwhile. */
  write(path: string): Promise<void>;
}

export function createGraph(dimensions: number, capacity = FIRST_CAPACITY): Graph {
  const native = new hnswlib.HierarchicalNSW('ip', dimensions);
  native.initIndex({
    maxElements: Math.max(capacity, FIRST_CAPACITY),
    m: LINKS,
    efConstruction: BUILD_BREADTH,
    randomSeed: 1,
  });
  return graphOf(native, dimensions, []);
}

/** Reads a file that is known to be whole. Throws when it does not hold as many vectors as there are labels. */
export async function readGraph(path: string, dimensions: number, labels: Labels): Promise<Graph> {
  const native = new hnswlib.HierarchicalNSW('ip', dimensions);
  await native.readIndex(path);
  if (native.getCurrentCount() !== labels.length)
    throw new Error('The graph and its labels differ in number.');
  return graphOf(native, dimensions, labels);
}

function graphOf(native: Native, dimensions: number, labels: Labels): Graph {
  const labelOf = new Map<string, number>();
  for (const [label, record] of labels.entries()) if (record) labelOf.set(record.passageId, label);

  function compareEach(vector: Float32Array, allowed: readonly number[], limit: number): VectorMatch[] {
    const scored = allowed.map((label) => ({ label, score: dot(vector, native.getPoint(label)) }));
    return scored
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .flatMap(toMatch);
  }

  function walk(vector: Float32Array, limit: number, isAllowed?: (label: number) => boolean): VectorMatch[] {
    native.setEf(Math.max(SEARCH_BREADTH, limit));
    const { neighbors, distances } = native.searchKnn(Array.from(vector), limit, isAllowed);
    return neighbors.flatMap((label, rank) => toMatch({ label, score: 1 - (distances[rank] ?? 1) }));
  }

  function toMatch({ label, score }: { label: number; score: number }): VectorMatch[] {
    const record = labels[label];
    return record ? [{ passageId: record.passageId, score }] : [];
  }

  function addOne({ passageId, documentId, vector }: VectorRecord): void {
    if (labels.length >= native.getMaxElements()) native.resizeIndex(labels.length * 2);
    const label = labels.length;
    native.addPoint(Array.from(vector), label);
    removeOne(passageId);
    labels.push({ passageId, documentId });
    labelOf.set(passageId, label);
  }

  function removeOne(passageId: string): void {
    const label = labelOf.get(passageId);
    if (label === undefined) return;
    native.markDelete(label);
    labels[label] = undefined;
    labelOf.delete(passageId);
  }

  return {
    dimensions,
    labels,
    get size() {
      return labelOf.size;
    },
    has: (passageId) => labelOf.has(passageId),
    vectorOf(passageId) {
      const label = labelOf.get(passageId);
      return label === undefined ? undefined : native.getPoint(label);
    },
    search({ vector, limit, documentIds }) {
      assertUnitVector(vector, dimensions, 'the query');
      const wanted = Math.min(limit, labelOf.size);
      if (wanted < 1) return [];
      if (!documentIds) return walk(vector, wanted);
      const allowed = labelsWithin(labels, documentIds);
      if (allowed.length <= MOST_COMPARED) return compareEach(vector, allowed, wanted);
      // A filter that throws aborts the process: a look-up in an array cannot.
      const isAllowed = new Uint8Array(labels.length);
      for (const label of allowed) isAllowed[label] = 1;
      const found = walk(vector, wanted, (label) => isAllowed[label] === 1);
      const enough = Math.min(wanted, allowed.length);
      return found.length >= enough ? found : compareEach(vector, allowed, wanted);
    },
    async add(records) {
      for (const { vector, passageId } of records) assertUnitVector(vector, dimensions, passageId);
      let turn = performance.now();
      for (const record of records) {
        addOne(record);
        if (performance.now() - turn < TURN_MS) continue;
        await yieldToOthers();
        turn = performance.now();
      }
    },
    remove(passageIds) {
      for (const passageId of passageIds) removeOne(passageId);
    },
    async write(path) {
      await native.writeIndex(path);
    },
  };
}

function labelsWithin(labels: Readonly<Labels>, documentIds: ReadonlySet<string>): number[] {
  const within: number[] = [];
  for (const [label, record] of labels.entries()) {
    if (record && documentIds.has(record.documentId)) within.push(label);
  }
  return within;
}

function dot(a: Float32Array, b: readonly number[]): number {
  return b.reduce((sum, number, at) => sum + number * (a[at] ?? 0), 0);
}
