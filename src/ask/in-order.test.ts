import { describe, expect, it } from 'vitest';
import { createInOrder } from './in-order.ts';

describe('Work in order', () => {
  it('waits for the one before with the same key, and for no other', async () => {
    const inOrder = createInOrder();
    const log: string[] = [];
    const finishFirst = await inOrder('a');
    const second = inOrder('a').then((done) => {
      log.push('second');
      done();
    });
    const third = inOrder('a').then((done) => {
      log.push('third');
      done();
    });
    const other = await inOrder('b');
    log.push('other');
    other();
    await Promise.resolve();
    expect(log).toEqual(['other']);
    finishFirst();
    await Promise.all([second, third]);
    expect(log).toEqual(['other', 'second', 'third']);
  });
});
