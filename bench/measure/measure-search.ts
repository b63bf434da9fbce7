import { percentile } from '../../eval/metrics/percentile.ts';
import type { Reporter } from '../reporter.ts';
import type { SearchResult } from '../results.ts';
import type { Sizes } from '../sizes.ts';
import { interleave } from '../statistics/interleave.ts';
import type { Contenders } from './measure-all.ts';

const WARM_UP = 3;

/** Fills the peers with Ibid's passages and vectors, then asks all three the same questions in turns. */
export async function measureSearch(
  { ibid, a, b }: Contenders,
  { search }: Sizes,
  questions: readonly string[],
  reporter: Reporter,
): Promise<SearchResult> {
  const passages = await ibid.call('passages');
  await a.call('fill', passages);
  await b.call('fill', passages);
  const all = { ibid: [] as number[], a: [] as number[], b: [] as number[] };
  const searches = {
    ibid: (asked: readonly string[]) => ibid.call('search', asked),
    a: (asked: readonly string[]) => a.call('search', asked),
    b: (asked: readonly string[]) => b.call('search', asked),
  };
  for (const ask of Object.values(searches)) await ask(questions.slice(-WARM_UP));
  const turn = (name: keyof typeof searches) => async (round: number) => {
    const asked = questions.slice(round * search.questions, (round + 1) * search.questions);
    const milliseconds = await searches[name](asked);
    all[name].push(...milliseconds);
    return percentile(milliseconds, 0.5) ?? 0;
  };
  const medians = await interleave(
    search.rounds,
    { ibid: turn('ibid'), a: turn('a'), b: turn('b') },
    reporter.progress('  turns'),
  );
  return { passages: passages.length, medians, all };
}
