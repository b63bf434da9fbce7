import type { Migrations } from '../sql/schema.ts';

/**
 * What Workers need beside the tables that they share with Node: which cached embeddings no passage uses yet, so that a commit need
 * not look for them among all.
 */
export const CLOUDFLARE_MIGRATIONS: Migrations = {
  component: 'cloudflare',
  versions: [['CREATE TABLE loose_embeddings (key TEXT PRIMARY KEY) WITHOUT ROWID']],
};
