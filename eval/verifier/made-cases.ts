import { retrieve } from '../../src/ask/retrieve.ts';
import { splitSentences } from '../../src/ingest/sentences.ts';
import type { StoredPassage } from '../../src/ports/passage-store.ts';
import type { EvalCase } from '../datasets/eval-dataset.ts';
import { createRandom } from '../metrics/random.ts';
import type { OpenedIndex } from '../system/open-index.ts';
import { corrupt, type Material, namesOf, numbersOf } from './corrupt.ts';
import { isHeldOut } from './held-out.ts';
import { createOnce } from './once.ts';
import { paraphrase } from './paraphrase.ts';
import type { VerifierCase } from './verifier-case.ts';

/** Passages that a sentence is checked against, as many as an answer is written from. */
const PASSAGES = 8;
const STRANGERS = 40;

/** A question, and where its true sentences stand: those that hold a gold span, or all. */
export interface Seed {
  readonly question: string;
  readonly gold: readonly string[];
  /** Answers that people wrote. */
  readonly answers: readonly string[];
}

/** The answerable questions of a data set as seeds, evenly sampled. */
export function seedsOf(cases: readonly EvalCase[], most: number): Seed[] {
  const usable = cases.filter(({ answerable, goldSpans }) => answerable && goldSpans.length > 0);
  const step = Math.max(1, usable.length / most);
  return Array.from({ length: Math.min(most, usable.length) }, (_, i) => usable[Math.floor(i * step)])
    .filter((evalCase) => evalCase !== undefined)
    .map(({ question, goldSpans, answers }) => ({
      question,
      gold: goldSpans.map(({ text }) => text),
      answers: answers.filter((answer) => answer.split(' ').length >= 8),
    }));
}

/** True sentences, kept, put otherwise and falsified, each against the passages that its question retrieves. */
export async function makeCases(
  set: string,
  { deps }: OpenedIndex,
  seeds: readonly Seed[],
  seed = 7,
): Promise<VerifierCase[]> {
  const random = createRandom(seed);
  const once = createOnce();
  const cases: VerifierCase[] = [];
  let strangers: string[] = [];
  for (const { question, gold, answers } of seeds) {
    const { candidates } = await retrieve(deps, { query: question, limit: PASSAGES });
    const passages = candidates.map(({ stored }) => once(stored));
    const found = passages.flatMap((stored) => trueSentences(stored, gold)).slice(0, 1);
    for (const { stored, at } of found) {
      const text = stored.passage.text;
      const material: Material = {
        names: namesOf(text),
        numbers: numbersOf(passages.map(({ passage }) => passage.text).join(' ')),
        strangers,
        random,
      };
      const sentences = sentencesOf(stored);
      const sentence = sentences[at] ?? '';
      const common = {
        set,
        question,
        passages,
        heldOut: isHeldOut(set === 'documents' ? stored.passage.id : stored.documentUri),
      };
      const neighbours = {
        ...(at > 0 ? { before: sentences[at - 1] ?? '' } : {}),
        ...(at + 1 < sentences.length ? { after: sentences[at + 1] ?? '' } : {}),
      };
      for (const { kind, text: claim } of paraphrase(sentence, neighbours))
        cases.push({ ...common, kind, claim, supported: true });
      for (const { kind, text: claim } of corrupt(sentence, material))
        cases.push({ ...common, kind, claim, supported: false });
      const others = passages.filter(({ passage }) => !passage.text.includes(sentence));
      cases.push({ ...common, passages: others, kind: 'withheld', claim: sentence, supported: false });
      strangers = [...strangers, ...sentences].slice(-STRANGERS);
    }
    const heldOut = passages[0] !== undefined && isHeldOut(passages[0].documentUri);
    if (gold.every((span) => passages.some(({ passage }) => passage.text.includes(span)))) {
      for (const answer of answers.slice(0, 1))
        for (const { start, end } of splitSentences(answer))
          cases.push({
            set,
            kind: 'written by people',
            claim: answer.slice(start, end),
            supported: true,
            question,
            passages,
            heldOut,
          });
    }
  }
  return cases;
}

/** Sentences that hold a gold span, or are one; proper ones only. */
function trueSentences(
  stored: StoredPassage,
  gold: readonly string[],
): { stored: StoredPassage; at: number }[] {
  return sentencesOf(stored).flatMap((sentence, at) =>
    isProper(sentence) && gold.some((span) => sentence.includes(span)) ? [{ stored, at }] : [],
  );
}

function isProper(sentence: string): boolean {
  const words = sentence.split(' ').length;
  return words >= 6 && words <= 45 && /^["“]?\p{Lu}/u.test(sentence) && /[.!]["”]?$/.test(sentence);
}

export function sentencesOf({ passage }: StoredPassage): string[] {
  return passage.sentences.map(({ start, end }) =>
    passage.text.slice(start - passage.start, end - passage.start),
  );
}
