import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BenchText } from './bench-text.ts';
import { generatedText } from './generated-text.ts';
import { wikiText } from './wiki-text.ts';

/** Where a folder of real text usually lies, relative to the project. */
const USUAL_FOLDER = '../shared/bench/wiki100k';

/** Opens the folder of real text in BEIR layout that is named or lies beside the project; else, or by this name, `generated` text. */
export function openBenchText(named: string | undefined): BenchText {
  if (named === 'generated') return generatedText();
  const folder = resolve(named ?? USUAL_FOLDER);
  if (named !== undefined || existsSync(resolve(folder, 'corpus.jsonl.gz'))) return wikiText(folder);
  return generatedText();
}
