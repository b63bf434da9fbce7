import { expect, test } from 'vitest';
import { documentId, passageId } from './ids.ts';

test('a document id is a prefix and 20 hex digits, the same for the same uri', async () => {
  expect(await documentId('guide/start.md')).toMatch(/^doc_[0-9a-f]{20}$/);
  expect(await documentId('guide/start.md')).toBe(await documentId('guide/start.md'));
  expect(await documentId('guide/start.md')).not.toBe(await documentId('guide/Start.md'));
});

test('a passage id changes with document, span and text', async () => {
  const passage = { documentId: 'doc_a', start: 1, end: 4, text: 'one' };
  const id = await passageId(passage);
  expect(id).toMatch(/^psg_[0-9a-f]{20}$/);
  const others = [{ documentId: 'doc_b' }, { start: 0 }, { end: 5 }, { text: 'two' }];
  for (const other of others) expect(await passageId({ ...passage, ...other })).not.toBe(id);
});
