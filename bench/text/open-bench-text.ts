import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BenchText } from './bench-text.ts';
import { generatedText } from './generated-text.ts';
import { wikiText } from './wiki-text.ts';

/** Where a folder of real text usually lies, relative to the project. */
const USUAL_FOLDER = '../shared/bench/wiki100k';

/** Opens the folder of real text in BEIR layout that is named or lies beside the project, or else generated text. */
export function openBenchText(named: string | undefined): BenchText {
  const folder = resolve(named ?? USUAL_FOLDER);
  if (named !== undefined || existsSync(resolve(folder, 'corpus.jsonl.gz'))) return wikiText(folder);
  return generatedText();
}
