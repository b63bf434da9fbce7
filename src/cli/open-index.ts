import type { Config } from '../config.ts';
import { IbidError } from '../model/errors.ts';
import { type Ibid, openIbid } from '../node.ts';

/** Opens Ibid, does the work and closes it. Rejects with `not_ready` when nothing was ever ingested. */
export async function withIndex<T>(config: Config, work: (ibid: Ibid) => Promise<T>): Promise<T> {
  const ibid = await openIbid(config);
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
