import type { AskTiming, IbidContender } from '../contender/contender.ts';
import type { Contender } from '../contender/start-contender.ts';

/** Time of whole answers, after a few to warm up. */
export async function measureAsk(
  ibid: Contender<IbidContender>,
  questions: readonly string[],
): Promise<AskTiming> {
  await ibid.call('ask', questions.slice(0, 2));
  return ibid.call('ask', questions);
}
