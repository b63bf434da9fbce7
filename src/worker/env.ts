import type { D1Database } from '@cloudflare/workers-types';

/** What wrangler.toml binds. */
export interface Env {
  readonly DB: D1Database;
}

/** What the tests bind beside it. */
export interface TestEnv extends Env {
  readonly OTHER_DB: D1Database;
}
