import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IbidError } from '../../src/model/errors.ts';
import type { Reporter } from '../reporter.ts';

/** As built; the benchmark runs from the build as well. */
const COMMAND = fileURLToPath(new URL('../../src/cli.js', import.meta.url));

/** Milliseconds from the start of `ibid ask` as a new process to its reply, on the index in `dataFolder`. */
export async function measureColdStarts(
  dataFolder: string,
  questions: readonly string[],
  reporter: Reporter,
): Promise<number[]> {
  const progress = reporter.progress('  starts');
  const milliseconds: number[] = [];
  for (const question of questions) {
    milliseconds.push(await timeAnswer(dataFolder, question));
    progress(milliseconds.length, questions.length);
  }
  return milliseconds;
}

/** Resolves when the process has ended, with the time at which the whole reply was there. */
function timeAnswer(dataFolder: string, question: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'ask', question, '--json'], {
    env: { ...process.env, IBID_DATA: resolve(dataFolder) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let reply = '';
  let elapsed = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    reply += text;
    elapsed = performance.now() - begun;
  });
  return new Promise((answered, failed) => {
    child.once('error', failed);
    child.once('close', () => {
      if (reply.includes('"status"')) answered(elapsed);
      else failed(new IbidError('internal', 'The cold start gave no reply; what it said is above.'));
    });
  });
}
