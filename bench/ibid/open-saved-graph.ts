import { join } from 'node:path';
import { openHnswVectorIndex } from '../../src/adapters/hnswlib/hnsw-vector-index.ts';
import type { PassageStore } from '../../src/ports/passage-store.ts';
import type { VectorIndex } from '../../src/ports/vector-index.ts';

/** Opens the HNSW graph of a data folder by itself: what Ibid finds through it is mixed with full text. */
export function openSavedGraph(
  dataFolder: string,
  store: PassageStore,
  dimensions: number,
): Promise<VectorIndex> {
  return openHnswVectorIndex({ store, directory: join(dataFolder, 'graph'), dimensions });
}
