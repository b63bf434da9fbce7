import { writeFile } from 'node:fs/promises';
import { type LogisticModel, logit, sigmoid } from '../../src/ask/logistic.ts';
import { readPassage } from '../../src/ask/support/evidence.ts';
import { closeGaps, isSound, judgeClaim, readClaim } from '../../src/ask/support/judge-claim.ts';
import type { LexicalSupportFeature, SupportFeature } from '../../src/ask/support/support-features.ts';
import {
  LEXICAL_SUPPORT_MODEL,
  SUPPORT_MODEL,
  type SupportModel,
} from '../../src/ask/support/support-model.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { type Example, fitLogistic } from '../fit/logistic-regression.ts';
import type { VerifierCase } from './verifier-case.ts';

/** Each made set counts as much as this many cases, half of them true, however many it has. */
const SET_WEIGHT = 400;
/** Human judgements are of other texts than answers are written from; they count for less. */
const JUDGED_WEIGHT = 120;
const JUDGED = new Set(['begin', 'wice', 'fever_rte']);
/** A false sentence that passes is as bad as this many true ones that are dropped. */
const COST_OF_ACCEPTING = 3;
/** What each feature speaks for; one that comes out the other way owes it to how the set was made, and is left out. */
const SIGNS: Readonly<Record<SupportFeature, 1 | -1>> = {
  coverage: 1,
  longestGap: -1,
  pairs: 1,
  order: 1,
  excess: -1,
  sentences: -1,
  resolved: -1,
  spareNegations: -1,
  cosine: 1,
  gapCosine: 1,
};

/** Fits both support models on the best finding of each case, and writes them for review. */
export async function fitSupport(cases: readonly VerifierCase[], embedder: Embedder): Promise<void> {
  const withVectors = await fitOne(cases, SUPPORT_MODEL, (claim) => embedder.embedQuery(claim));
  const byWords = await fitOne(cases, LEXICAL_SUPPORT_MODEL, async () => undefined);
  await writeFile('src/ask/support/support-model.ts', fileOf(withVectors, byWords));
}

interface Judged<Name extends string> extends Example<Name> {
  readonly made: boolean;
}

async function fitOne<Name extends SupportFeature>(
  cases: readonly VerifierCase[],
  { model }: SupportModel<Name>,
  vectorOf: (claim: string) => Promise<Float32Array | undefined>,
): Promise<SupportModel<Name>> {
  const names = Object.keys(model.weights) as Name[];
  const found: { one: VerifierCase; features: Example<Name>['features'] }[] = [];
  for (const one of cases) {
    const claim = readClaim(one.claim, await vectorOf(one.claim));
    const best = judgeClaim(claim, one.passages.map(readPassage)).find((finding) => isSound(finding));
    if (best !== undefined) found.push({ one, features: (await closeGaps(claim, best, vectorOf)).features });
  }
  const sizes = new Map<string, number>();
  for (const { one } of found) sizes.set(groupOf(one), (sizes.get(groupOf(one)) ?? 0) + 1);
  const examples = found.map(({ one, features }): Judged<Name> => {
    const made = !JUDGED.has(one.set);
    const weight = Math.min(4, (made ? SET_WEIGHT : JUDGED_WEIGHT) / 2 / (sizes.get(groupOf(one)) ?? 1));
    return { features, label: one.supported ? 1 : 0, weight, made };
  });
  const fitted = fitSigned(names, examples);
  const made = cases.filter(({ set }) => !JUDGED.has(set));
  return {
    model: fitted,
    threshold: thresholdOf(
      fitted,
      examples.filter((one) => one.made),
      made,
    ),
  };
}

function groupOf({ set, supported }: VerifierCase): string {
  return `${set} ${supported}`;
}

/** Fits without the features whose weight has the wrong sign; these get the weight 0. */
function fitSigned<Name extends SupportFeature>(
  names: readonly Name[],
  examples: readonly Example<Name>[],
): LogisticModel<Name> {
  let kept = names;
  for (;;) {
    const model = fitLogistic(kept, examples);
    const right = kept.filter((name) => model.weights[name] * SIGNS[name] > 0);
    if (right.length === kept.length) {
      const weights = Object.fromEntries(names.map((name) => [name, model.weights[name] ?? 0]));
      return { bias: model.bias, weights: weights as Record<Name, number> };
    }
    kept = right;
  }
}

/** The threshold, in hundredths, at which wrong decisions cost least; says what each would do. */
function thresholdOf<Name extends string>(
  model: LogisticModel<Name>,
  examples: readonly Example<Name>[],
  cases: readonly VerifierCase[],
): number {
  const passing = (label: 0 | 1, from: number) =>
    examples.filter((one) => one.label === label && sigmoid(logit(model, one.features)) >= from).length;
  const all = (supported: boolean) => cases.filter((one) => one.supported === supported).length;
  let best = { from: 0.5, cost: Number.POSITIVE_INFINITY };
  for (let hundredths = 10; hundredths < 95; hundredths++) {
    const from = hundredths / 100;
    const accepted = passing(0, from) / all(false);
    const kept = passing(1, from) / all(true);
    process.stderr.write(
      `${from}: ${(100 * accepted).toFixed(1)} % false accepts, ${(100 * kept).toFixed(1)} % kept\n`,
    );
    const cost = COST_OF_ACCEPTING * accepted + 1 - kept;
    if (cost < best.cost) best = { from, cost };
  }
  return best.from;
}

function fileOf(
  withVectors: SupportModel<SupportFeature>,
  byWords: SupportModel<LexicalSupportFeature>,
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
    '/** With sentence vectors. Written by `npm run eval:verifier -- --fit` (eval/verifier). */',
    `export const SUPPORT_MODEL: SupportModel<SupportFeature> = ${literal(withVectors)};`,
    '',
    '/** By words alone. Written by `npm run eval:verifier -- --fit` (eval/verifier). */',
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
