import type { D1Database } from '@cloudflare/workers-types';
import type { Env } from '../worker/env.ts';

/** What the tests in workerd bind beside what wrangler.toml binds. */
export interface TestEnv extends Env {
  readonly OTHER_DB: D1Database;
  /** Where Node serves the embedded model; see embedding-host.ts. */
  readonly EMBEDDER_URL: string;
}
