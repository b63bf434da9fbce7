import type { D1Database } from '../adapters/cloudflare/d1-database.ts';

/** What signs the sessions of pages: the one of the settings, else the one that the first Worker made and D1 keeps. */
export async function openSessionSecret(
  { batch }: D1Database,
  given: string | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (given !== undefined) return new TextEncoder().encode(given);
  const made = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const [, rows = []] = await batch([
    ["INSERT OR IGNORE INTO secrets (name, value) VALUES ('session', ?1)", [made]],
    ["SELECT value FROM secrets WHERE name = 'session'"],
  ]);
  return new TextEncoder().encode(String(rows[0]?.value));
}
