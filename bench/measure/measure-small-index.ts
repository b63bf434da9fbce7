import type { IbidContender } from '../contender/contender.ts';
import type { Contender } from '../contender/start-contender.ts';
import type { SmallIndexResult } from '../results.ts';
import type { Sizes } from '../sizes.ts';

/** Ingests the small index from nothing, then the same text again. */
export async function measureSmallIndex(
  ibid: Contender<IbidContender>,
  { small, reingests }: Sizes,
): Promise<SmallIndexResult> {
  const slice = { from: 0, count: small };
  const first = await ibid.call('ingest', slice);
  const again: number[] = [];
  for (let time = 0; time < reingests; time++) again.push((await ibid.call('ingest', slice)).elapsed);
  return {
    documents: small,
    passages: await ibid.call('countPassages'),
    firstIngest: first.elapsed,
    reingests: again,
    runtimeShare: first.inRuntime / (first.elapsed * first.workers),
  };
}
