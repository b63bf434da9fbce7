import { createClient } from '@libsql/client';

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
      'SELECT count(*) FROM passages WHERE key NOT IN (SELECT rowid FROM passage_text)',
      'passages have no full text',
    ],
    [
      'SELECT count(*) FROM passage_text WHERE rowid NOT IN (SELECT key FROM passages)',
      'full texts have no passage',
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
  await client.execute("INSERT INTO passage_text (passage_text) VALUES ('integrity-check')");
  client.close();
  return faults;
}
