import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from '../../eval/metrics/percentile.ts';
import type { IbidContender } from '../contender/contender.ts';
import type { Contender } from '../contender/start-contender.ts';
import type { Reporter } from '../reporter.ts';
import type { LargeIndexResult } from '../results.ts';
import type { Sizes } from '../sizes.ts';
import { interleave } from '../statistics/interleave.ts';
import type { BenchText } from '../text/bench-text.ts';

const NEIGHBOURS = 10;
const WARM_UP = 3;
/** Questions after which memory is looked at. */
const USED_FOR = 50;

interface LargeIndexInput {
  readonly cache: string;
  readonly startIbid: (dataFolder: string, precision: 'fp32') => Contender<IbidContender>;
  /** Holds the small index. */
  readonly smallFolder: string;
  readonly sizes: Sizes;
  readonly text: BenchText;
  readonly questions: readonly string[];
  readonly reporter: Reporter;
}

/** Time, recall and memory on the large index, which is kept from run to run. */
export async function measureLargeIndex(input: LargeIndexInput): Promise<LargeIndexResult> {
  const { startIbid, sizes, questions, reporter } = input;
  reporter.step(
    `The large index of ${sizes.large.toLocaleString('en-GB')} documents, unless it is there already`,
  );
  const small = startIbid(input.smallFolder, 'fp32');
  const identity = await small.call('indexIdentity');
  const folder = join(input.cache, `large-${nameOf([input.text.key, sizes.large, identity])}`);
  const elapsed = await ingestOnce(folder, input);

  const large = startIbid(folder, 'fp32');
  reporter.step('Retrieval, small and large index side by side');
  const medians = await compareSearch({ small, large }, input);
  await small.close();
  reporter.step('Recall against exact search');
  const recallQuestions = questions.slice(0, sizes.recallQuestions);
  const recall = await large.call('recall', { questions: recallQuestions, limit: NEIGHBOURS });
  const passages = await large.call('countPassages');
  await large.close();

  reporter.step('Memory');
  const residentBytes = await measureMemory(startIbid(folder, 'fp32'), questions.slice(0, USED_FOR));
  return {
    passages,
    smallMedians: medians.small,
    largeMedians: medians.large,
    recall,
    residentBytes,
    ...(elapsed === undefined ? {} : { ingest: elapsed }),
  };
}

/** Ingests unless an earlier run did; one that was stopped half way is taken up where it stood. */
async function ingestOnce(
  folder: string,
  { startIbid, sizes }: LargeIndexInput,
): Promise<number | undefined> {
  const marker = join(folder, 'complete');
  if (existsSync(marker)) return undefined;
  const ibid = startIbid(folder, 'fp32');
  const { elapsed } = await ibid.call('ingest', { from: 0, count: sizes.large });
  await ibid.close();
  writeFileSync(marker, '');
  return elapsed;
}

async function compareSearch(
  { small, large }: Record<'small' | 'large', Contender<IbidContender>>,
  { sizes, questions, reporter }: LargeIndexInput,
): Promise<Record<'small' | 'large', number[]>> {
  const { rounds, questions: each } = sizes.search;
  for (const ibid of [small, large]) await ibid.call('search', questions.slice(-WARM_UP));
  const turn = (ibid: Contender<IbidContender>) => async (round: number) => {
    const milliseconds = await ibid.call('search', questions.slice(round * each, (round + 1) * each));
    return percentile(milliseconds, 0.5) ?? 0;
  };
  return interleave(rounds, { small: turn(small), large: turn(large) }, reporter.progress('  turns'));
}

async function measureMemory(ibid: Contender<IbidContender>, questions: readonly string[]): Promise<number> {
  await ibid.call('search', questions);
  await ibid.call('ask', questions);
  const bytes = await ibid.call('residentMemory');
  await ibid.close();
  return bytes;
}

function nameOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}
