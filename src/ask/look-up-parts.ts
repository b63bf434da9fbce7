import { eachOf } from './each-of.ts';
import type { LookUp, LookUpRequest } from './look-up.ts';
import { partsOf } from './question-parts.ts';
import type { Candidate } from './retrieve.ts';
import type { ScoredSentence } from './score-sentences.ts';
import { contentTerms } from './terms.ts';

export interface PartsDeps {
  readonly lookUp: (request: LookUpRequest) => Promise<LookUp>;
  /** Confidence from which a question is answered. */
  readonly threshold: number;
}

/** Log-odds that make one sentence about as good as another. */
const NEARLY = 1.25;

/**
 * Looks up each of the questions that stand in one, and joins what they found. The confidence is the mean, so that half of
 * an answer is worth half.
 */
export async function lookUpParts(deps: PartsDeps, request: LookUpRequest): Promise<LookUp> {
  const { question } = request;
  const { threshold } = deps;
  const parts = partsOf(question);
  if (parts.length === 1) return lookUpEach(deps, request);
  const finds = await lookUpAll(deps, request, parts);
  const degraded = finds.find((find) => find.degraded !== undefined)?.degraded;
  const unanswered = finds.filter((find) => find.confidence < threshold).map((find) => find.question);
  return {
    question,
    candidates: joinCandidates(finds),
    sentences: joinSentences(finds, threshold),
    confidence: meanConfidence(finds),
    ...(unanswered.length === 0 ? {} : { unanswered }),
    ...(degraded === undefined ? {} : { degraded }),
  };
}

/**
 * Looks up a question about two things of each as well, which counts if they are answered, by different sentences. One that
 * names the thing comes before one nearly as good that does not.
 */
async function lookUpEach(deps: PartsDeps, request: LookUpRequest): Promise<LookUp> {
  const whole = await deps.lookUp(request);
  const each = eachOf(request.question);
  if (each.length === 0) return whole;
  const questions = each.map(({ question }) => question);
  const finds = (await lookUpAll(deps, request, questions)).map((find, i) => ({
    ...find,
    sentences: namingFirst(each[i]?.thing ?? '', find.sentences),
  }));
  const answers = new Set(finds.map(({ sentences: [best] }) => best && keyOf(best)));
  const confidence = meanConfidence(finds);
  if (answers.size < finds.length || confidence < deps.threshold) return whole;
  return {
    ...whole,
    candidates: joinCandidates([whole, ...finds]),
    sentences: joinSentences(finds, 0),
    confidence: Math.max(whole.confidence, confidence),
  };
}

/** The best sentence that names `thing` as good as the best, if it is nearly so. */
function namingFirst(thing: string, sentences: readonly ScoredSentence[]): readonly ScoredSentence[] {
  const [best] = sentences;
  const stems = stemsOf(thing);
  const named = sentences.find(({ text }) => hasAll(stemsOf(text), stems));
  if (best === undefined || named === undefined || named.logOdds < best.logOdds - NEARLY) return sentences;
  return [{ ...named, logOdds: best.logOdds }, ...sentences.filter((sentence) => sentence !== named)];
}

async function lookUpAll(
  { lookUp }: PartsDeps,
  request: LookUpRequest,
  parts: readonly string[],
): Promise<LookUp[]> {
  const finds: LookUp[] = [];
  const alongside = [request.question, ...request.alongside];
  for (const question of parts) finds.push(await lookUp({ ...request, question, alongside }));
  return finds;
}

function meanConfidence(finds: readonly LookUp[]): number {
  return finds.reduce((sum, { confidence }) => sum + confidence, 0) / finds.length;
}

/** Each passage once, by the best that a part makes of it. */
function joinCandidates(finds: readonly LookUp[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of finds.flatMap((find) => find.candidates)) {
    const { id } = candidate.stored.passage;
    if (candidate.score > (best.get(id)?.score ?? -1)) best.set(id, candidate);
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

/** Each sentence once. The best one of each part that is answered comes as high as that of the others. */
function joinSentences(finds: readonly LookUp[], threshold: number): ScoredSentence[] {
  const highest = Math.max(
    ...finds.map(({ sentences }) => sentences[0]?.logOdds ?? Number.NEGATIVE_INFINITY),
  );
  const best = new Map<string, ScoredSentence>();
  for (const { sentences, confidence } of finds) {
    const lift = confidence < threshold ? 0 : highest - (sentences[0]?.logOdds ?? highest);
    for (const sentence of sentences) {
      const key = keyOf(sentence);
      const logOdds = sentence.logOdds + lift;
      if (logOdds > (best.get(key)?.logOdds ?? Number.NEGATIVE_INFINITY))
        best.set(key, { ...sentence, logOdds });
    }
  }
  return [...best.values()].sort((a, b) => b.logOdds - a.logOdds);
}

function keyOf({ source, index }: ScoredSentence): string {
  return `${source.passage.id} ${index}`;
}

function hasAll(all: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  return [...wanted].every((stem) => all.has(stem));
}

function stemsOf(text: string): Set<string> {
  return new Set(contentTerms(text).map(({ stem }) => stem));
}
