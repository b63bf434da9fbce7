import { IbidError } from './errors.ts';

/** What an index was made with. Vectors of one embedder mean nothing to another, so these must match to be served. */
export interface IndexManifest {
  readonly embedderId: string;
  readonly dimensions: number;
  readonly pooling: string;
  readonly splitterVersion: string;
  /** Grows by one with each committed change of the index; derived files are stamped with it. */
  readonly generation: number;
}

/** The part of the manifest that a running process brings along. */
export type IndexIdentity = Omit<IndexManifest, 'generation'>;

/** Whether vectors of the index compare with those of this process. */
export function isCompatible(stored: IndexManifest, current: IndexIdentity): boolean {
  return differences(stored, current).length === 0;
}

function differences(stored: IndexManifest, current: IndexIdentity) {
  return (['embedderId', 'dimensions', 'pooling'] as const).filter((key) => stored[key] !== current[key]);
}

/** Throws `index_incompatible`, saying what to run, when `stored` was made by another embedder. */
export function assertCompatible(stored: IndexManifest, current: IndexIdentity): void {
  const differs = differences(stored, current);
  if (differs.length === 0) return;
  const faults = differs.map((key) => `${key} ${stored[key]} (index) and ${current[key]} (this process)`);
  throw new IbidError(
    'index_incompatible',
    `The index was made by another embedder: ${faults.join(', ')}. Run \`npx ibid ingest --rebuild\` to index the documents anew, or start with the embedder that made it.`,
  );
}
