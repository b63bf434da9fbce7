import type { ClosableCrossEncoder } from '../adapters/bert/cross-encoder.ts';
import { createMiniLmCrossEncoder } from '../adapters/bert/minilm-cross-encoder.ts';
import type { Config } from '../config.ts';

/**
 * The embedded cross-encoder, whatever embeds; its graph is kept in `cacheDirectory`. Nothing is started before the first
 * question.
 */
export function openCrossEncoder(
  { embedThreads }: Pick<Config, 'embedThreads'>,
  cacheDirectory: string,
): ClosableCrossEncoder {
  return createMiniLmCrossEncoder({
    cacheDirectory,
    precision: 'int8',
    ...(embedThreads === undefined ? {} : { threads: embedThreads }),
  });
}
