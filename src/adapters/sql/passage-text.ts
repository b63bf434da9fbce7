import type { Run } from './run.ts';

/** A passage as full text sees it. */
export interface PassageText {
  readonly key: number;
  readonly title: string;
  readonly headings: readonly string[];
  readonly text: string;
}

const SELECT_TEXTS = `SELECT p.key, d.title, p.headings, p.text FROM passages AS p
  CROSS JOIN documents AS d ON d.key = p.document_key`;

/** The stored texts of passages. */
export async function textsOfKeys(read: Run, keys: readonly number[]): Promise<PassageText[]> {
  const sql = `${SELECT_TEXTS} WHERE p.key IN (SELECT CAST(value AS INTEGER) FROM json_each(?1))`;
  return (await read(sql, [JSON.stringify(keys)])).map(toPassageText);
}

/** The first `limit` stored texts after a key, in the order of their keys. */
export async function textsAfter(read: Run, key: number, limit: number): Promise<PassageText[]> {
  const sql = `${SELECT_TEXTS} WHERE p.key > ?1 ORDER BY p.key LIMIT ?2`;
  return (await read(sql, [key, limit])).map(toPassageText);
}

function toPassageText(row: Readonly<Record<string, unknown>>): PassageText {
  return {
    key: Number(row.key),
    title: String(row.title),
    headings: JSON.parse(String(row.headings)) as string[],
    text: String(row.text),
  };
}
