import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('the full benchmark is the default, written where the repository keeps it', () => {
  expect(readOptions([], {})).toMatchObject({ sizes: { scale: 'full', large: 100_000 }, out: 'bench' });
  expect(readOptions(['--quick'], {})).toMatchObject({ sizes: { scale: 'quick', large: 0, small: 10_000 } });
});

test('a tiny run leaves the report alone', () => {
  expect(readOptions(['--scale', 'tiny'], {}).out).not.toBe('bench');
  expect(readOptions(['--scale', 'tiny', '--out', 'here'], { IBID_BENCH_DATA: 'there' })).toMatchObject({
    out: 'here',
    dataPath: 'there',
  });
});

test('what is not understood is said with what may be asked', () => {
  expect(() => readOptions(['--huge'], {})).toThrow('--quick');
  expect(() => readOptions(['--scale', 'huge'], {})).toThrow('--scale huge');
});
