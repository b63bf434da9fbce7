import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Prediction, prediction } from '../prediction.ts';

export interface PredictionsFile {
  /** Predictions that an earlier, interrupted run of the same fingerprint left. */
  readonly done: ReadonlyMap<string, Prediction>;
  append(line: Prediction): Promise<void>;
}

/**
 * Opens an append-only predictions file. What it holds counts as done only when `PATH.run` beside it names the same
 * fingerprint; else the file is begun anew. A last line cut off by a kill is dropped.
 */
export async function openPredictions(path: string, fingerprint: string): Promise<PredictionsFile> {
  const stamp = `${path}.run`;
  const same = existsSync(path) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === fingerprint;
  const lines = same ? wholeLines(await readFile(path, 'utf8')) : [];
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await writeFile(stamp, fingerprint);
  return {
    done: new Map(lines.map((line) => [line.query_id, line])),
    append: (line) => appendFile(path, `${JSON.stringify(line)}\n`),
  };
}

/** Names a run by all that its predictions depend on. */
export function fingerprintOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function wholeLines(text: string): Prediction[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [prediction.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
