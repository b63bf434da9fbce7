import { expect, it } from 'vitest';
import { NO_STRUCTURE } from '../model/document.ts';
import { createQueuedIntake } from './queued-intake.ts';

it('A message names ten documents at most, and no more text than a Worker ingests in one go', async () => {
  const sent: (readonly string[])[] = [];
  const staging = { add: async () => {} };
  const queue = { send: async ({ uris }: { uris: readonly string[] }) => void sent.push(uris) };
  const intake = createQueuedIntake({ staging, queue, settle: async () => 0 } as never);
  const documentOf = (uri: string, length: number) => ({
    ...{ uri, title: uri, mediaType: 'text/plain', text: 'x'.repeat(length) },
    ...{ metadata: {}, structure: NO_STRUCTURE },
  });
  const short = Array.from({ length: 12 }, (_, at) => documentOf(`s${at}`, 10));
  const long = ['a', 'b', 'c'].map((uri) => documentOf(uri, uri === 'c' ? 1_800_000 : 400_000));
  await intake.accept({ origin: 'sent:test', documents: [...short, ...long] });
  expect(sent.map((uris) => uris.length)).toEqual([10, 4, 1]);
  expect(sent.flat()).toEqual([...short, ...long].map(({ uri }) => uri));
});
