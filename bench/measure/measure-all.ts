import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IbidContender, PeerContender } from '../contender/contender.ts';
import { type Contender, startContender } from '../contender/start-contender.ts';
import { describeMachine } from '../machine.ts';
import type { Options } from '../options.ts';
import { writeTransformersModel } from '../peers/transformers-model.ts';
import type { Reporter } from '../reporter.ts';
import type { BenchResults } from '../results.ts';
import { openBenchText } from '../text/open-bench-text.ts';
import { measureAgreement } from './measure-agreement.ts';
import { measureAsk } from './measure-ask.ts';
import { measureColdStarts } from './measure-cold-starts.ts';
import { measureIngest } from './measure-ingest.ts';
import { measureLargeIndex } from './measure-large-index.ts';
import { measureSearch } from './measure-search.ts';
import { measureSmallIndex } from './measure-small-index.ts';

const CACHE = join('.cache', 'bench');

export interface Contenders {
  readonly ibid: Contender<IbidContender>;
  readonly a: Contender<PeerContender>;
  readonly b: Contender<PeerContender>;
}

/** The whole benchmark, one measure after the other; nothing else of it runs meanwhile. */
export async function measureAll(options: Options, reporter: Reporter): Promise<BenchResults> {
  const { sizes } = options;
  const begun = performance.now();
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const text = openBenchText(options.dataPath);
  const ofData = options.dataPath === undefined ? {} : { dataPath: options.dataPath };
  const questions = await text.questions(sizes.search.rounds * sizes.search.questions + sizes.asks);

  reporter.step(`Starting the systems, to read ${text.name}`);
  const modelFolder = writeTransformersModel(CACHE);
  const smallFolder = join(CACHE, 'small');
  rmSync(smallFolder, { recursive: true, force: true });
  const startIbid = (dataFolder: string, precision: 'fp32' | 'int8') =>
    startContender<IbidContender>(
      { kind: 'ibid', ...ofData, precision, dataFolder },
      reporter.progress('  passages'),
    );
  const contenders: Contenders = {
    ibid: startIbid(smallFolder, 'fp32'),
    a: startContender<PeerContender>({ kind: 'lat-md', ...ofData }),
    b: startContender<PeerContender>({ kind: 'transformers', ...ofData, modelFolder }),
  };
  const { ibid } = contenders;
  const ibidInt8 = startIbid(join(CACHE, 'int8'), 'int8');
  const agreement = await measureAgreement({ ...contenders, ibidInt8 }, text);

  reporter.step('Ingest, side by side');
  const ingest = await measureIngest({ ...contenders, ibidInt8 }, sizes, text, reporter);
  await ibidInt8.close();

  reporter.step('First ingest of the small index, and again');
  const smallIndex = await measureSmallIndex(ibid, sizes);

  reporter.step('Retrieval, side by side');
  const search = await measureSearch(contenders, sizes, questions, reporter);
  await Promise.all([contenders.a.close(), contenders.b.close()]);

  reporter.step('Questions to their verified answers');
  const ask = await measureAsk(ibid, questions.slice(-sizes.asks));

  await ibid.close();
  reporter.step('Cold starts');
  const coldStarts = await measureColdStarts(smallFolder, questions.slice(0, sizes.coldStarts), reporter);

  const large = { cache: CACHE, smallFolder, startIbid, sizes, text, questions, reporter };
  return {
    startedAt,
    machine,
    text: text.name,
    sizes,
    agreement,
    ingest,
    smallIndex,
    search,
    ask,
    coldStarts,
    ...(sizes.large === 0 ? {} : { largeIndex: await measureLargeIndex(large) }),
    elapsedSeconds: (performance.now() - begun) / 1000,
  };
}
