import { readMiniLmFile } from '../../src/adapters/bert/minilm-files.ts';
import { createWordPieces } from '../../src/adapters/bert/word-pieces.ts';
import type { IbidContender, PeerContender, Slice } from '../contender/contender.ts';
import type { Contender } from '../contender/start-contender.ts';
import type { Reporter } from '../reporter.ts';
import type { IngestResult } from '../results.ts';
import type { Sizes } from '../sizes.ts';
import { interleave } from '../statistics/interleave.ts';
import type { BenchText } from '../text/bench-text.ts';

const WARM_UP: Slice = { from: 0, count: 4 };

/** Tokens a second from documents to a committed index, for all four on the same slice in each round. */
export async function measureIngest(
  contenders: {
    readonly ibid: Contender<IbidContender>;
    readonly ibidInt8: Contender<IbidContender>;
    readonly a: Contender<PeerContender>;
    readonly b: Contender<PeerContender>;
  },
  { ingest }: Sizes,
  text: BenchText,
  reporter: Reporter,
): Promise<IngestResult> {
  const { ibid, ibidInt8, a, b } = contenders;
  const slices = Array.from({ length: ingest.rounds }, (_, round) => ({
    from: ingest.from + round * ingest.documents,
    count: ingest.documents,
  }));
  const tokens = await Promise.all(slices.map((slice) => countTokens(text, slice)));
  const turn = (run: (slice: Slice) => Promise<{ readonly elapsed: number }>) => async (round: number) => {
    const { elapsed } = await run(slices[round] ?? WARM_UP);
    return (tokens[round] ?? 0) / (elapsed / 1000);
  };
  const runs = {
    ibid: (slice: Slice) => ibid.call('ingestAside', slice),
    ibidInt8: (slice: Slice) => ibidInt8.call('ingestAside', slice),
    a: (slice: Slice) => a.call('ingest', slice),
    b: (slice: Slice) => b.call('ingest', slice),
  };
  for (const run of Object.values(runs)) await run(WARM_UP);
  const tokensPerSecond = await interleave(
    ingest.rounds,
    { ibid: turn(runs.ibid), ibidInt8: turn(runs.ibidInt8), a: turn(runs.a), b: turn(runs.b) },
    reporter.progress('  turns'),
  );
  return { tokensPerSecond, tokens };
}

async function countTokens(text: BenchText, { from, count }: Slice): Promise<number> {
  const pieces = createWordPieces(readMiniLmFile('tokenizer').toString('utf8'));
  const documents = await text.documents(from, count);
  return documents.reduce((sum, document) => sum + pieces.count(document.text), 0);
}
