import { writeFile } from 'node:fs/promises';
import { type LogisticModel, logit, sigmoid } from '../../src/ask/logistic.ts';
import { readPassage } from '../../src/ask/support/evidence.ts';
import { judgeClaim, readClaim } from '../../src/ask/support/judge-claim.ts';
import type { SupportFeature } from '../../src/ask/support/support-features.ts';
import {
  LEXICAL_SUPPORT_MODEL,
  SUPPORT_MODEL,
  type SupportModel,
} from '../../src/ask/support/support-model.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { type Example, fitLogistic } from '../fit/logistic-regression.ts';
import type { VerifierCase } from './verifier-case.ts';

/** Each set counts as much as this many cases, half of them true, however many it has. */
const SET_WEIGHT = 400;
/** Of the false sentences without a fault that words could show, at most this share may pass. */
const MOST_ACCEPTED = 0.1;

/** Fits both support models on the best finding of each case, and writes them for review. */
export async function fitSupport(cases: readonly VerifierCase[], embedder: Embedder): Promise<void> {
  const withVectors = await fitOne(cases, SUPPORT_MODEL, (claim) => embedder.embedQuery(claim));
  const byWords = await fitOne(cases, LEXICAL_SUPPORT_MODEL, async () => undefined);
  await writeFile('src/ask/support/support-model.ts', fileOf(withVectors, byWords));
}

async function fitOne<Name extends SupportFeature>(
  cases: readonly VerifierCase[],
  { model }: SupportModel<Name>,
  vectorOf: (claim: string) => Promise<Float32Array | undefined>,
): Promise<SupportModel<Name>> {
  const names = Object.keys(model.weights) as Name[];
  const judged: (Example<Name> & { set: string })[] = [];
  for (const { claim, passages, supported, set } of cases) {
    const [best] = judgeClaim(readClaim(claim, await vectorOf(claim)), passages.map(readPassage));
    if (best === undefined || best.faults.length > 0) continue;
    judged.push({ set, features: best.features, label: supported ? 1 : 0, weight: 1 });
  }
  const sizes = new Map<string, number>();
  for (const { set, label } of judged) sizes.set(`${set} ${label}`, (sizes.get(`${set} ${label}`) ?? 0) + 1);
  const examples = judged.map((one) => ({
    ...one,
    weight: Math.min(3, SET_WEIGHT / 2 / (sizes.get(`${one.set} ${one.label}`) ?? 1)),
  }));
  const fitted = fitLogistic(names, examples);
  return { model: fitted, threshold: thresholdOf(fitted, examples) };
}

/** The lowest threshold, in hundredths, at which few enough false sentences pass. */
function thresholdOf<Name extends string>(
  model: LogisticModel<Name>,
  examples: readonly Example<Name>[],
): number {
  const weightOf = (label: number, from: number) =>
    examples.reduce(
      (sum, one) =>
        sum + (one.label === label && sigmoid(logit(model, one.features)) >= from ? one.weight : 0),
      0,
    );
  const all = weightOf(0, 0);
  for (let hundredths = 30; hundredths < 95; hundredths++) {
    const from = hundredths / 100;
    process.stderr.write(
      `${from}: false accepts ${(weightOf(0, from) / all).toFixed(3)}, kept ${(weightOf(1, from) / weightOf(1, 0)).toFixed(3)}\n`,
    );
    if (weightOf(0, from) / all <= MOST_ACCEPTED) return from;
  }
  return 0.95;
}

function fileOf(
  withVectors: SupportModel<SupportFeature>,
  byWords: SupportModel<Exclude<SupportFeature, 'cosine'>>,
): string {
  return [
    "import type { LogisticModel } from '../logistic.ts';",
    "import type { LexicalSupportFeature, SupportFeature } from './support-features.ts';",
    '',
    '/** A model and the probability from which a claim counts as supported. */',
    'export interface SupportModel<Name extends string> {',
    '  readonly model: LogisticModel<Name>;',
    '  readonly threshold: number;',
    '}',
    '',
    '/** With sentence vectors. Written by `npm run fit:verifier` (eval/verifier). */',
    `export const SUPPORT_MODEL: SupportModel<SupportFeature> = ${literal(withVectors)};`,
    '',
    '/** By words alone. Written by `npm run fit:verifier` (eval/verifier). */',
    `export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = ${literal(byWords)};`,
    '',
  ].join('\n');
}

function literal<Name extends string>({ model, threshold }: SupportModel<Name>): string {
  const weights = (Object.keys(model.weights) as Name[]).map(
    (name) => `      ${name}: ${rounded(model.weights[name])},`,
  );
  return [
    '{',
    '  model: {',
    `    bias: ${rounded(model.bias)},`,
    '    weights: {',
    ...weights,
    '    },',
    '  },',
    `  threshold: ${threshold},`,
    '}',
  ].join('\n');
}

function rounded(weight: number): number {
  return Number(weight.toFixed(4));
}
