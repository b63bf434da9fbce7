import { type Client, createClient } from '@libsql/client';
import { unpackPostings } from '../adapters/sql/posting-list.ts';

/** Faults of an index file, each a sentence; an empty list when all its parts belong to one generation. */
export async function checkIntegrity(url: string): Promise<string[]> {
  const client = createClient({ url });
  const count = async (sql: string) => Number((await client.execute(sql)).rows[0]?.[0]);
  const checks: [string, string][] = [
    ["SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", 'pages are damaged'],
    [
      'SELECT count(*) FROM passages AS p WHERE NOT EXISTS (SELECT 1 FROM embeddings AS e WHERE e.key = p.embedding_key)',
      'passages have no embedding',
    ],
    [
      'SELECT count(*) FROM passages AS p WHERE NOT EXISTS (SELECT 1 FROM documents AS d WHERE d.key = p.document_key)',
      'passages have no document',
    ],
    [
      'SELECT count(*) FROM documents AS d WHERE passage_count <> (SELECT count(*) FROM passages WHERE document_key = d.key)',
      'documents have another number of passages than they say',
    ],
    [
      'SELECT count(*) FROM passages AS p JOIN documents AS d ON d.key = p.document_key WHERE substr(d.text, start_offset + 1, end_offset - start_offset) <> p.text',
      'passages do not slice from their document',
    ],
  ];
  const faults: string[] = [];
  for (const [sql, fault] of checks) {
    const found = await count(sql);
    if (found > 0) faults.push(`${found} ${fault}`);
  }
  if (!(await countsAddUp(client))) faults.push('The posting lists are not those of the passages');
  client.close();
  return faults;
}

/** Whether the posting lists hold, for each passage, as many terms as it is long, and nothing for any other. */
async function countsAddUp(client: Client): Promise<boolean> {
  const found = new Map<number, number>();
  for (const { block, passages, list } of (await client.execute('SELECT * FROM postings')).rows) {
    const postings = unpackPostings(Number(block), list as ArrayBuffer);
    if (postings.length !== Number(passages) || postings.length === 0) return false;
    for (let i = 0; i < postings.length; i++) {
      const key = postings.keys[i] ?? 0;
      found.set(key, (found.get(key) ?? 0) + (postings.counts[i] ?? 0));
    }
  }
  const lengths = await client.execute(
    'SELECT p.key, l.terms FROM passages AS p LEFT JOIN passage_lengths AS l ON l.passage_key = p.key',
  );
  const stored = await client.execute('SELECT passage_key FROM passage_lengths');
  const wordless = lengths.rows.filter(({ terms }) => terms === 0).length;
  return (
    stored.rows.length === lengths.rows.length &&
    found.size === lengths.rows.length - wordless &&
    lengths.rows.every(({ key, terms }) => terms === (found.get(Number(key)) ?? 0))
  );
}
