import * as z from 'zod';

/** What became of a case. `unjudged`: nothing is known about its answer, so only its rewriting is scored. */
export const VERDICTS = [
  'answered-right',
  'answered-wrong',
  'declined-right',
  'declined-wrong',
  'unjudged',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Scores of one case by name; a name is absent where it does not apply. See `score-case.ts` for each. */
const VALUE_NAMES = [
  'recall_at_1',
  'recall_at_5',
  'recall_at_10',
  'mrr_at_10',
  'ndcg_at_10',
  'exact_match',
  'token_f1',
  'in_quote',
  'rouge_l',
  'citations',
  'verbatim_citations',
  'citation_precision',
  'citation_recall',
  'sentences',
  'uncited_sentences',
  'injected',
  'faithfulness',
  'completeness',
  'follow_up_ndcg',
  'rewrite_ndcg',
  'last_turn_ndcg',
  'rewrite_overlap',
  'last_turn_overlap',
  'milliseconds',
] as const;

export type ValueName = (typeof VALUE_NAMES)[number];

/** A case, scored: small enough to keep in a baseline, enough to compute every metric from. */
export const caseScore = z.object({
  id: z.string(),
  tags: z.array(z.string()),
  answerable: z.boolean(),
  verdict: z.enum(VERDICTS),
  confidence: z.number(),
  values: z.partialRecord(z.enum(VALUE_NAMES), z.number()),
});

export type CaseScore = z.infer<typeof caseScore>;
