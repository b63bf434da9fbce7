import { env } from 'cloudflare:workers';
import { type D1Database, openD1Database } from '../adapters/cloudflare/d1-database.ts';
import { CLOUDFLARE_MIGRATIONS } from '../adapters/cloudflare/d1-schema.ts';
import { CONVERSATION_MIGRATIONS, PASSAGE_MIGRATIONS } from '../adapters/sql/schema.ts';
import { SLACK_MIGRATIONS } from '../adapters/sql/slack-schema.ts';

let turn = 0;

/** An empty database with its tables, by turns one of two: what was opened two calls before is gone. */
export async function emptyD1(): Promise<D1Database> {
  const binding = [env.DB, env.OTHER_DB][turn++ % 2] ?? env.DB;
  const { results } = await binding
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite*'",
    )
    .all();
  if (results.length > 0)
    await binding.batch(results.map(({ name }) => binding.prepare(`DROP TABLE "${name}"`)));
  return openD1Database(binding, [
    PASSAGE_MIGRATIONS,
    CONVERSATION_MIGRATIONS,
    SLACK_MIGRATIONS,
    CLOUDFLARE_MIGRATIONS,
  ]);
}
