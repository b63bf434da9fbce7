import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { IbidError } from '../../src/model/errors.ts';
import type { Reporter } from '../reporter.ts';
import { timeEach } from '../statistics/time-each.ts';

/** Milliseconds of `ibid ask` as a new process, from its start to its end, on the index in `dataFolder`. */
export function measureColdStarts(
  dataFolder: string,
  questions: readonly string[],
  reporter: Reporter,
): Promise<number[]> {
  const progress = reporter.progress('  starts');
  let done = 0;
  return timeEach(questions, async (question) => {
    await askAnew(dataFolder, question);
    progress(++done, questions.length);
  });
}

/** Exit code 0 or, for a decline, another one with a JSON reply: what counts is that it replied. */
function askAnew(dataFolder: string, question: string): Promise<void> {
  const child = spawn(process.execPath, [resolve('dist', 'src', 'cli.js'), 'ask', question, '--json'], {
    env: { ...process.env, IBID_DATA: resolve(dataFolder) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () => {
      if (output.includes('"status"')) done();
      else failed(new IbidError('internal', 'The cold start gave no reply; what it said is above.'));
    });
  });
}
