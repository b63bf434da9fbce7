import { describe, expect, test } from 'vitest';
import { PASSAGE_MIGRATIONS } from '../sql/schema.ts';
import { toPostgres } from './to-postgres.ts';

describe('toPostgres', () => {
  test('numbers parameters, those with a number by it', () => {
    expect(toPostgres('SELECT ?, ? FROM t')).toBe('SELECT $1, $2 FROM t');
    expect(toPostgres('SELECT ?2, ?1, ?2')).toBe('SELECT $2, $1, $2');
  });

  test('opens lists as texts, or as pairs when it looks into them', () => {
    expect(toPostgres('SELECT value FROM json_each(?1)')).toBe(
      'SELECT value FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS list (value, key)',
    );
    expect(toPostgres('SELECT w.value ->> 0 FROM json_each(?1) AS w')).toBe(
      'SELECT w.value ->> 0 FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS w (value, key)',
    );
  });

  test('gives an empty list where SQLite does, and joins in any order', () => {
    expect(toPostgres('SELECT json_group_array(p.key) FROM d CROSS JOIN passages AS p ON p.d = d.key')).toBe(
      "SELECT coalesce(json_agg(p.key), '[]') FROM d JOIN passages AS p ON p.d = d.key",
    );
    expect(toPostgres('SELECT 1 FROM manifest AS m CROSS JOIN (SELECT 1) AS i')).toContain('CROSS JOIN');
  });

  test('compares text by its bytes and leaves nothing of SQLite in the tables', () => {
    const tables = PASSAGE_MIGRATIONS.versions.flat().map(toPostgres).join('\n');
    expect(tables).toContain('uri TEXT COLLATE "C" NOT NULL UNIQUE');
    expect(tables).toContain('vector BYTEA NOT NULL');
    expect(tables).not.toMatch(/\bINTEGER\b|ROWID|BLOB|\?/);
  });
});
