import type { IbidContender, PeerContender } from '../contender/contender.ts';
import type { Contender } from '../contender/start-contender.ts';
import type { BenchResults } from '../results.ts';
import type { BenchText } from '../text/bench-text.ts';

const TEXTS = 8;
/** Texts that are cut off are left out: transformers.js then drops the closing token as well, which others keep. */
const LONGEST = 400;

/** Smallest cosine of each system's vectors to those of Ibid in single precision, over a few texts. */
export async function measureAgreement(
  contenders: {
    readonly ibid: Contender<IbidContender>;
    readonly ibidInt8: Contender<IbidContender>;
    readonly a: Contender<PeerContender>;
    readonly b: Contender<PeerContender>;
  },
  text: BenchText,
): Promise<BenchResults['agreement']> {
  const documents = await text.documents(0, TEXTS * 8);
  const texts = documents
    .map((document) => document.text)
    .filter((each) => each.length <= LONGEST)
    .slice(0, TEXTS);
  const ours = await contenders.ibid.call('embed', texts);
  const smallest = (theirs: readonly number[][]) =>
    Math.min(...ours.map((vector, index) => dot(vector, theirs[index] ?? [])));
  return {
    a: smallest(await contenders.a.call('embed', texts)),
    b: smallest(await contenders.b.call('embed', texts)),
    int8: smallest(await contenders.ibidInt8.call('embed', texts)),
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
