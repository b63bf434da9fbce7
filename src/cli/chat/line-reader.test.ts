import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import type { CliContext, Input, Output } from '../context.ts';
import { openLineReader } from './line-reader.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** A terminal whose keys the test presses. */
function openTerminal() {
  const stdin: Input & PassThrough = Object.assign(new PassThrough(), { isTTY: true });
  const stdout: Output & PassThrough = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true });
  const stopping = new AbortController();
  const { signal } = stopping;
  const context: CliContext = {
    ...{ environment: {}, stdin, stdout, stderr: new PassThrough(), signal },
    setExitCode: () => {},
  };
  const press = async (keys: string) => {
    stdin.write(keys);
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { reader: openLineReader(context, '> '), press, stopping, shown: () => String(stdout.read() ?? '') };
}

describe('At a terminal', () => {
  it('lines come in order, also those that were typed ahead', async () => {
    const { reader, press, shown } = openTerminal();
    const first = reader.next();
    await press('one\rtwo\rthree\r');
    expect([await first, await reader.next(), await reader.next()]).toEqual(['one', 'two', 'three']);
    expect(shown()).toContain('> ');
    reader.close();
  });

  it('Ctrl-C stops the work that runs, and no more', async () => {
    const { reader, press } = openTerminal();
    const work = reader.during(
      (signal) =>
        new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('stopped'))),
    );
    await press(CTRL_C);
    expect(await work).toBe('stopped');
    const next = reader.next();
    await press('on\r');
    expect(await next).toBe('on');
    reader.close();
  });

  it('Ctrl-C leaves behind what was typed; at an empty prompt it hints, and then leaves', async () => {
    const { reader, press, shown } = openTerminal();
    const next = reader.next();
    await press(`half a li${CTRL_C}`);
    expect(shown()).not.toContain('once more');
    await press(CTRL_C);
    expect(shown()).toContain('Ctrl-C once more leaves');
    await press('x\r');
    expect(await next).toBe('x');
    const last = reader.next();
    await press(CTRL_C);
    await press(CTRL_C);
    expect(await last).toBeUndefined();
    expect(await reader.next()).toBeUndefined();
  });

  it('Ctrl-D leaves, and so does the end of the process, which also stops the work', async () => {
    const left = openTerminal();
    const next = left.reader.next();
    await left.press(CTRL_D);
    expect(await next).toBeUndefined();
    const ended = openTerminal();
    const work = ended.reader.during(async (signal) => {
      await vi.waitFor(() => expect(signal.aborted).toBe(true));
      return 'stopped';
    });
    ended.stopping.abort();
    expect([await work, await ended.reader.next()]).toEqual(['stopped', undefined]);
  });
});
