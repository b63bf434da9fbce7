import type { ReadInput } from '../ports/reader.ts';
import type { Translate } from './generate/translate.ts';
import { detectLanguage, type Language } from './language/detect-language.ts';
import type { LookUp, LookUpRequest } from './look-up.ts';
import type { StepClock } from './start-clock.ts';

export interface AcrossLanguagesDeps {
  readonly translate?: Translate;
  readonly lookUp: (request: LookUpRequest) => Promise<LookUp>;
  /** Confidence from which a question is answered. */
  readonly threshold: number;
  readonly clock: Pick<StepClock, 'lap'>;
}

/** A question of fewer words, in no language that is known, is a name or a keyword. */
const WORDS_OF_A_QUESTION = 3;

/**
 * Looks a question up, and once more in the language of the passages that came closest when that is another one: always when
 * none of them is in its own, else when its own words found no answer. The result's `question` is the one that was used.
 */
export async function lookUpAcrossLanguages(
  { translate, lookUp, threshold, clock }: AcrossLanguagesDeps,
  request: LookUpRequest,
  given: Pick<ReadInput, 'note' | 'signal'>,
): Promise<LookUp> {
  const found = await lookUp(request);
  const answers = found.confidence >= threshold;
  const target = translate && targetOf(request, found, answers);
  if (target === undefined) return found;
  const translated = await translate?.(request.question, target, given);
  clock.lap('contextualise');
  if (translated === undefined || sameWords(translated, request.question)) return found;
  const again = await lookUp({ ...request, question: translated, alongside: [], language: target });
  return !answers || again.confidence >= threshold ? again : found;
}

/** The language to put a question into; undefined when there is no need to. */
function targetOf(
  { question, language }: LookUpRequest,
  found: LookUp,
  answers: boolean,
): Language | undefined {
  const spoken = languagesOf(found);
  const [most] = spoken;
  if (most === language) return undefined;
  if (language === undefined)
    return answers || question.trim().split(/\s+/).length < WORDS_OF_A_QUESTION ? undefined : most;
  return answers && spoken.includes(language) ? undefined : most;
}

/** The languages of the closest passages, the most frequent first. */
function languagesOf({ candidates }: LookUp): Language[] {
  const counts = new Map<Language, number>();
  for (const { stored } of candidates) {
    const language = detectLanguage(stored.passage.text);
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([language]) => language);
}

function sameWords(one: string, other: string): boolean {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return bare(one) === bare(other);
}
