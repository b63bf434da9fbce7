import type { LookUp, LookUpRequest } from './look-up.ts';
import { partsOf } from './question-parts.ts';
import type { Candidate } from './retrieve.ts';
import type { ScoredSentence } from './score-sentences.ts';

export interface PartsDeps {
  readonly lookUp: (request: LookUpRequest) => Promise<LookUp>;
  /** Confidence from which a question is answered. */
  readonly threshold: number;
}

/**
 * Looks up each of the questions that stand in one, and joins what they found. The confidence is the mean, so that half of
 * an answer is worth half.
 */
export async function lookUpParts({ lookUp, threshold }: PartsDeps, request: LookUpRequest): Promise<LookUp> {
  const { question, alongside } = request;
  const parts = partsOf(question);
  if (parts.length === 1) return lookUp(request);
  const finds: LookUp[] = [];
  for (const part of parts)
    finds.push(await lookUp({ ...request, question: part, alongside: [question, ...alongside] }));
  const degraded = finds.find((find) => find.degraded !== undefined)?.degraded;
  const unanswered = finds.filter((find) => find.confidence < threshold).map((find) => find.question);
  return {
    question,
    candidates: joinCandidates(finds),
    sentences: joinSentences(finds, threshold),
    confidence: finds.reduce((sum, find) => sum + find.confidence, 0) / finds.length,
    ...(unanswered.length === 0 ? {} : { unanswered }),
    ...(degraded === undefined ? {} : { degraded }),
  };
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
      const key = `${sentence.source.passage.id} ${sentence.index}`;
      const logOdds = sentence.logOdds + lift;
      if (logOdds > (best.get(key)?.logOdds ?? Number.NEGATIVE_INFINITY))
        best.set(key, { ...sentence, logOdds });
    }
  }
  return [...best.values()].sort((a, b) => b.logOdds - a.logOdds);
}
