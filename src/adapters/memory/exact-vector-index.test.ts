import { vectorIndexConformance } from '../../testing/vector-index-conformance.ts';
import { createExactVectorIndex } from './exact-vector-index.ts';

vectorIndexConformance('The exact index', async (dimensions) => createExactVectorIndex(dimensions));
