import type { Embedder } from '../ports/embedder.ts';
import type { Entailment } from '../ports/entailment.ts';
import type { CheckSupport, Support, SupportContext } from '../ports/support.ts';
import { clausesOf } from './support/clauses.ts';
import { type ReadPassage, readPassage } from './support/evidence.ts';
import {
  bar,
  closeGaps,
  type Finding,
  isSound,
  judgeClaim,
  probabilityOf,
  readClaim,
} from './support/judge-claim.ts';
import { quotesOf } from './support/quotes.ts';
import { findVerbatim } from './support/verbatim.ts';
import { weighEntailment } from './support/weigh-entailment.ts';
import { whyNot } from './support/why-not.ts';

export interface SupportDeps {
  /** Without it, or when it fails, words alone decide. */
  readonly embedder?: Embedder;
  readonly entailment?: Entailment;
}

/** What a check came to, with the findings that it rests on. */
export interface Verdict {
  readonly support: Support;
  /** Probability in (0, 1) that the passages prove the sentence, faults counted as near 0. */
  readonly score: number;
  /** The best finding of each clause, of the whole sentence where it was not parted. */
  readonly findings: readonly Finding[];
}

const VERBATIM_SCORE = 0.999;
const FAULTY = 0.01;
/** Findings without faults that are looked at closely. */
const LIKELY = 3;

/**
 * Makes the check that every sentence of a language model must pass: a quote must account for each of its numbers, dates,
 * units, names and negations, must not say it of another, and must be near enough in words and meaning. A sentence of
 * several statements may need several quotes, one for each.
 */
export function createSupportCheck(deps: SupportDeps): CheckSupport {
  const check = createVerdict(deps);
  return async (sentence, context) => (await check(sentence, context)).support;
}

/** As `createSupportCheck`, with the reasons; for measuring. */
export function createVerdict(
  deps: SupportDeps,
): (sentence: string, context: SupportContext) => Promise<Verdict> {
  return async (sentence, { passages, cited = [] }) => {
    const read = citedFirst(passages.map(readPassage), cited);
    const verbatim = findVerbatim(sentence, read);
    if (verbatim !== undefined) {
      return {
        support: { supported: true, quotes: [verbatim], score: VERBATIM_SCORE },
        score: VERBATIM_SCORE,
        findings: [],
      };
    }
    const whole = await prove(deps, sentence, read);
    if (whole.proven) return proven([whole]);
    const clauses = clausesOf(sentence);
    if (clauses.length < 2) return refused([whole]);
    const parts = await Promise.all(clauses.map((clause) => prove(deps, clause, read, true)));
    return parts.every((part) => part.proven) ? proven(parts) : refused([whole, ...parts]);
  };
}

interface Proof {
  /** What proves the claim, or else comes nearest to proving it. */
  readonly best: Finding | undefined;
  readonly proven: boolean;
  readonly score: number;
}

async function prove(
  deps: SupportDeps,
  text: string,
  passages: readonly ReadPassage[],
  ofPart = false,
): Promise<Proof> {
  const claim = readClaim(text, await vectorOf(deps.embedder, text));
  if (claim.reading.content.length === 0) return { best: undefined, proven: false, score: FAULTY };
  const findings = judgeClaim(claim, passages);
  const close = (finding: Finding) => closeGaps(claim, finding, (gap) => vectorOf(deps.embedder, gap));
  const likely = findings.filter((finding) => isSound(finding, ofPart)).slice(0, LIKELY);
  const sound = await weighEntailment(deps.entailment, text, await Promise.all(likely.map(close)));
  const proofs = sound.filter(({ logOdds }) => logOdds >= bar(claim));
  const [proof] = proofs.sort((a, b) => a.sentences.length - b.sentences.length || b.logOdds - a.logOdds);
  if (proof !== undefined) return { best: proof, proven: true, score: probabilityOf(proof.logOdds) };
  const nearest = findings.toSorted((a, b) => b.logOdds - a.logOdds)[0];
  const score =
    sound[0] === undefined ? FAULTY * probabilityOf(nearest?.logOdds ?? 0) : probabilityOf(sound[0].logOdds);
  return { best: nearest, proven: false, score };
}

function proven(parts: readonly Proof[]): Verdict {
  const findings = parts.flatMap(({ best }) => (best === undefined ? [] : [best]));
  const score = Math.min(...parts.map((part) => part.score));
  return { support: { supported: true, quotes: quotesOf(findings), score }, score, findings };
}

function refused(parts: readonly Proof[]): Verdict {
  const findings = parts.flatMap(({ best }) => (best === undefined ? [] : [best]));
  const score = Math.min(parts[0]?.score ?? FAULTY, 1);
  return { support: { supported: false, reason: whyNot(findings) }, score, findings };
}

/** A vector is a help, not a need: one that cannot be had is done without. */
async function vectorOf(embedder: Embedder | undefined, text: string): Promise<Float32Array | undefined> {
  try {
    return await embedder?.embedQuery(text);
  } catch {
    return undefined;
  }
}

function citedFirst(passages: readonly ReadPassage[], cited: readonly number[]): ReadPassage[] {
  const first = cited.flatMap((index) => passages[index] ?? []);
  return [...new Set([...first, ...passages])];
}
