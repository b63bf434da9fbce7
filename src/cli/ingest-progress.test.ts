import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createIngestProgress, describePace } from './ingest-progress.ts';

test('the pace says how fast it goes and how long it will take', () => {
  expect(describePace({ phase: 'embedding', done: 0, total: 9 }, 5_000)).toBe('starting');
  expect(describePace({ phase: 'embedding', done: 100, total: 400 }, 2_000)).toBe('50/s, 6 s left');
  expect(describePace({ phase: 'embedding', done: 5, total: 1_000 }, 10_000)).toBe('0.5/s, 33 min 10 s left');
});

test('away from a terminal a plain line comes every few seconds', () => {
  const stream = new PassThrough({ encoding: 'utf8' });
  let now = 0;
  const progress = createIngestProgress(stream, () => now);
  for (let done = 0; done <= 120; done += 10) {
    now = done * 100;
    progress.update({ phase: 'embedding', done, total: 120 });
  }
  progress.stop();
  const lines = String(stream.read()).trim().split('\n');
  expect(lines).toEqual([
    'embedding: 50 of 120 passages (10/s, 7 s left)',
    'embedding: 100 of 120 passages (10/s, 2 s left)',
  ]);
});
