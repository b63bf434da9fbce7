import { IbidError } from '../model/errors.ts';
import { type Ibid, openIbid } from '../node.ts';
import { type CliContext, configOf } from './context.ts';

/** Opens Ibid, does the work and closes it. Rejects with `not_ready` when nothing was ever ingested. */
export async function withIndex<T>(context: CliContext, work: (ibid: Ibid) => Promise<T>): Promise<T> {
  const config = configOf(context);
  const ibid = await openIbid(config, { onFault: (message) => context.stderr.write(`${message}\n`) });
  try {
    if ((await ibid.store.manifest()) === undefined) {
      throw new IbidError(
        'not_ready',
        `Nothing is indexed in ${config.data} yet. Run \`npx ibid ingest\` first, or name another folder (IBID_DATA).`,
      );
    }
    return await work(ibid);
  } finally {
    await ibid.close();
  }
}
