import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';

test('every contestant has one turn a round, never two at once, and each round begins with another', async () => {
  const order: string[] = [];
  let running = 0;
  const turn = (name: string) => async (round: number) => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    order.push(`${name}${round}`);
    return round * 10;
  };
  const progress: number[] = [];
  const results = await interleave(2, { x: turn('x'), y: turn('y'), z: turn('z') }, (done) =>
    progress.push(done),
  );
  expect(order).toEqual(['x0', 'y0', 'z0', 'y1', 'z1', 'x1']);
  expect(results).toEqual({ x: [0, 10], y: [0, 10], z: [0, 10] });
  expect(progress).toEqual([1, 2, 3, 4, 5, 6]);
});
