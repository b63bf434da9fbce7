import { logit, sigmoid } from '../logistic.ts';
import { dot } from '../retrieve.ts';
import { type Evidence, evidenceOf, pointsBack, type ReadPassage } from './evidence.ts';
import { type Fault, type FaultKind, faultsOf } from './faults.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { accountForNames } from './name-faults.ts';
import { type Reading, readSentence } from './reading.ts';
import { isCommonName } from './same-name.ts';
import { type SupportFeature, supportFeatures } from './support-features.ts';
import { LEXICAL_SUPPORT_MODEL, SUPPORT_MODEL } from './support-model.ts';
import { matchWords } from './word-match.ts';

/** A claim to be proven: its text, read, and its vector where there is an embedder. */
export interface Claim {
  readonly reading: Reading;
  readonly vector?: Float32Array;
}

/** How one piece of evidence fares for one claim. */
export interface Finding {
  readonly evidence: Evidence;
  readonly features: Readonly<Record<SupportFeature, number>>;
  readonly faults: readonly Fault[];
  /** Sentences of the passage that must be quoted, ascending. */
  readonly sentences: readonly number[];
  /** Log-odds that the evidence proves the claim, faults aside. */
  readonly logOdds: number;
  /** What the claim says in words that the evidence does not have. */
  readonly gaps: readonly Gap[];
  /** Share of the claim's words that it says. */
  readonly coverage: number;
  /** By how much a sentence with faults is nearer to the claim. */
  readonly rival: number;
}

/** A sentence that contradicts the claim and is nearer to it by more than this is what the claim is about. */
const RIVAL = 0.1;
/** However near in meaning, this share of a claim's words has to be said; more of a part of a sentence, where few words decide. */
const LEAST_COVERAGE = 0.55;
const LEAST_COVERAGE_OF_PART = 0.8;
/** Sentences judged in full: those that say most of the claim's words. */
const JUDGED = 10;
const RUNS_JUDGED = 4;

/** What a neighbouring sentence may make good. */
const ADDED: ReadonlySet<FaultKind> = new Set(['name', 'unsaid']);

type Judged = Omit<Finding, 'rival'>;

export function readClaim(text: string, vector?: Float32Array): Claim {
  return { reading: readSentence(text), ...(vector === undefined ? {} : { vector }) };
}

/** Whether nothing but its log-odds can speak against a finding. */
export function isSound({ faults, rival, coverage }: Finding, ofPart = false): boolean {
  return (
    faults.length === 0 && rival <= RIVAL && coverage >= (ofPart ? LEAST_COVERAGE_OF_PART : LEAST_COVERAGE)
  );
}

/** Log-odds from which a finding proves its claim. */
export function bar(claim: Claim): number {
  const { threshold } = claim.vector === undefined ? LEXICAL_SUPPORT_MODEL : SUPPORT_MODEL;
  return Math.log(threshold / (1 - threshold));
}

/** Judges the sentences of `passages` that could prove `claim`, and pairs of neighbours; the most telling first. */
export function judgeClaim(claim: Claim, passages: readonly ReadPassage[]): Finding[] {
  const known = knownNames(passages);
  const judge = (evidence: Evidence) => judgeEvidence(claim, evidence, known);
  const single = shortlist(claim, passages).map(judge);
  const pairs = pairsAround(single.slice(0, RUNS_JUDGED)).map(({ evidence, faults }) =>
    withFaults(judge(evidence), faults),
  );
  const findings = [...single, ...pairs].sort(byMerit);
  const rival = Math.max(...single.filter(({ faults }) => faults.length > 0).map(nearness));
  return findings.map((finding) => ({ ...finding, rival: Math.max(0, rival - nearness(finding)) }));
}

/** How much a sentence is about what the claim is about, whether or not it says the same of it. */
function nearness({ features: { coverage, pairs, cosine } }: Judged): number {
  return coverage + 0.3 * pairs + 0.5 * cosine;
}

/** Each finding's sentence with its neighbours, where the later of the two hangs on the earlier. */
function pairsAround(findings: readonly Judged[]): { evidence: Evidence; faults: readonly Fault[] }[] {
  const seen = new Set<Reading>();
  return findings.flatMap(({ evidence: { passage, from }, faults }) =>
    [from - 1, from].flatMap((start) => {
      const later = passage.sentences[start + 1];
      if (start < 0 || later === undefined || seen.has(later) || !pointsBack(later)) return [];
      seen.add(later);
      return [{ evidence: evidenceOf(passage, start, start + 2), faults }];
    }),
  );
}

/** A neighbour may say who is meant and add what is left out, but not mend what the claim says otherwise. */
function withFaults(pair: Judged, faults: readonly Fault[]): Judged {
  const told = new Set(pair.faults.map(({ kind }) => kind));
  return {
    ...pair,
    faults: [...pair.faults, ...faults.filter(({ kind }) => !ADDED.has(kind) && !told.has(kind))],
  };
}

/** Without faults first; then by log-odds; single sentences before pairs that say no more. */
function byMerit(a: Judged, b: Judged): number {
  return (
    a.faults.length - b.faults.length || b.logOdds - a.logOdds || a.sentences.length - b.sentences.length
  );
}

function judgeEvidence(claim: Claim, evidence: Evidence, isKnownName: (word: string) => boolean): Judged {
  const names = accountForNames(claim.reading, evidence, isKnownName);
  const words = matchWords(claim.reading, evidence, names.resolved);
  const features = supportFeatures(claim.reading, evidence, words, names, cosineOf(claim, evidence));
  const model = claim.vector === undefined ? LEXICAL_SUPPORT_MODEL.model : SUPPORT_MODEL.model;
  const own = Array.from({ length: evidence.to - evidence.from }, (_, i) => evidence.from + i);
  return {
    evidence,
    features,
    faults: [...names.faults, ...faultsOf(claim.reading, evidence, words)],
    sentences: [...new Set([...names.needed, ...own])].sort((a, b) => a - b),
    logOdds: logit(model, features),
    gaps: gapsOf(claim.reading, evidence.reading, words),
    coverage: features.coverage,
  };
}

/** Compares what a claim says in other words with what the evidence says in their place; without vectors nothing changes. */
export async function closeGaps(
  claim: Claim,
  finding: Finding,
  vectorOf: (text: string) => Promise<Float32Array | undefined>,
): Promise<Finding> {
  if (claim.vector === undefined || finding.gaps.length === 0) return finding;
  const cosines = await Promise.all(
    finding.gaps.map(async ({ claimed, told }) => {
      const [one, other] = told === '' ? [] : [await vectorOf(claimed), await vectorOf(told)];
      return one === undefined || other === undefined ? 0 : dot(one, other);
    }),
  );
  const features = { ...finding.features, gapCosine: Math.min(...cosines) };
  return { ...finding, features, logOdds: logit(SUPPORT_MODEL.model, features) };
}

/** Probability of log-odds, kept away from 0 and 1. */
export function probabilityOf(logOdds: number): number {
  return Math.min(0.999, Math.max(0.001, sigmoid(logOdds)));
}

/** The sentences that share most words with the claim, best first; of equal ones the earlier passage's. */
function shortlist({ reading, vector }: Claim, passages: readonly ReadPassage[]): Evidence[] {
  const wanted = new Set(reading.content.map((at) => reading.tokens[at]?.stem ?? ''));
  for (const { written } of reading.quantities) wanted.add(written.toLowerCase());
  const rated = passages.flatMap((passage) =>
    passage.sentences.map((sentence, at) => {
      let shared = 0;
      for (const stem of wanted) if (sentence.stems.has(stem) || sentence.words.has(stem)) shared += 1;
      const near = vector === undefined ? 0 : cosineAt(vector, passage, at);
      return { passage, at, rating: shared / Math.max(1, wanted.size) + 0.5 * near };
    }),
  );
  return rated
    .sort((a, b) => b.rating - a.rating)
    .slice(0, JUDGED)
    .map(({ passage, at }) => evidenceOf(passage, at, at + 1));
}

function cosineOf({ vector }: Claim, { passage, from, to }: Evidence): number | undefined {
  if (vector === undefined) return undefined;
  const own = Array.from({ length: to - from }, (_, i) => cosineAt(vector, passage, from + i));
  return Math.max(...own);
}

function cosineAt(vector: Float32Array, { source: { embedding } }: ReadPassage, at: number): number {
  const other = embedding.sentenceVectors[at] ?? embedding.vector;
  return other.length === vector.length ? dot(vector, other) : 0;
}

/** Which words the passages write as names, in mid-sentence or in a title. */
function knownNames(passages: readonly ReadPassage[]): (word: string) => boolean {
  const known = new Set<string>();
  for (const { sentences, heading } of passages)
    for (const { names } of [heading, ...sentences])
      for (const { words, doubtful } of names) if (!doubtful) for (const word of words) known.add(word);
  return (word) => isCommonName(word) || known.has(word);
}
