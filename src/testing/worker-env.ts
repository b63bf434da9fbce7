import type { D1Database } from '@cloudflare/workers-types';
import type { Env } from '../worker/env.ts';

/** What the tests in workerd bind beside what wrangler.toml binds. */
export interface TestEnv extends Env {
  readonly OTHER_DB: D1Database;
  /** What Node serves; see node-host.ts. */
  readonly NODE_URL: string;
}
