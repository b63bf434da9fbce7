import { expect, test } from 'vitest';
import { embedderConformance } from './embedder-conformance.ts';
import { createFakeEmbedder } from './fake-embedder.ts';

embedderConformance('the fake embedder', async () => ({ embedder: createFakeEmbedder() }));

test('the fake embedder records its calls and fails when told to', async () => {
  const fake = createFakeEmbedder({ failure: new Error('out of order') });
  await expect(fake.embedQuery('owls')).rejects.toThrow('out of order');
  expect(fake.calls).toEqual([{ type: 'query', text: 'owls' }]);
});
