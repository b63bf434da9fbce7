import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';

describe('createProgress', () => {
  it('writes about every tenth, with the rate and the time left of this run', () => {
    let clock = 0;
    const lines: string[] = [];
    const progress = createProgress({
      label: 'asking',
      write: (line) => lines.push(line),
      live: false,
      now: () => clock,
    });
    for (let done = 50; done <= 100; done += 1) {
      progress(done, 100);
      clock += 500;
    }
    expect(lines[0]).toBe('asking 50/100\n');
    expect(lines[1]).toBe('asking 60/100, 2.0/s, 20 s left\n');
    expect(lines.at(-1)).toBe('asking 100/100, 2.0/s\n');
    expect(lines).toHaveLength(6);
  });

  it('rewrites one line on a terminal, not more than five times a second', () => {
    let clock = 0;
    const lines: string[] = [];
    const progress = createProgress({
      label: 'x',
      write: (line) => lines.push(line),
      live: true,
      now: () => clock,
    });
    for (let done = 1; done <= 100; done += 1) {
      progress(done, 100);
      clock += 10;
    }
    expect(lines.length).toBeLessThan(8);
    expect(lines.every((line) => line.startsWith('\r'))).toBe(true);
    expect(lines.at(-1)).toMatch(/100\/100.*\n$/);
  });
});
