import { writeFile } from 'node:fs/promises';
import type { LogisticModel } from '../../src/ask/logistic.ts';

/** The feature type of each model, and the file it stands in. */
const FEATURES = {
  sentence: ['SentenceFeature', 'sentence-features'],
  confidence: ['QuestionFeature', 'question-features'],
  lexical: ['LexicalFeature', 'question-features'],
  'close-sentence': ['CloseSentenceFeature', 'score-sentences'],
  'close-confidence': ['CloseQuestionFeature', 'question-features'],
} as const;

/** Writes a fitted model as `src/ask/fitted/NAME-model.ts`, for review. */
export async function writeModel<Name extends string>(
  name: keyof typeof FEATURES,
  what: string,
  model: LogisticModel<Name>,
): Promise<void> {
  const [features, module] = FEATURES[name];
  const weights = (Object.keys(model.weights) as Name[]).map(
    (key) => `    ${key}: ${rounded(model.weights[key])},`,
  );
  const lines = [
    "import type { LogisticModel } from '../logistic.ts';",
    `import type { ${features} } from '../${module}.ts';`,
    '',
    `/** Weights of ${what}, written by \`npm run ${name.startsWith('close-') ? 'fit:close' : 'fit'}\` (eval/fit). */`,
    `export const ${name.toUpperCase().replaceAll('-', '_')}_MODEL: LogisticModel<${features}> = {`,
    `  bias: ${rounded(model.bias)},`,
    '  weights: {',
    ...weights,
    '  },',
    '};',
    '',
  ];
  await writeFile(`src/ask/fitted/${name}-model.ts`, lines.join('\n'));
}

/** To four digits, as the formatter writes numbers. */
function rounded(weight: number): number {
  return Number(weight.toFixed(4));
}
