import type { EvalCase } from '../datasets/eval-dataset.ts';
import { answerInQuote } from '../metrics/answer-in-quote.ts';
import {
  citationPrecision,
  citationRecall,
  documentPrecision,
  documentRecall,
} from '../metrics/citation-support.ts';
import { exactMatch } from '../metrics/exact-match.ts';
import { ndcgAt } from '../metrics/ndcg.ts';
import { recallAt } from '../metrics/recall.ts';
import { reciprocalRankAt } from '../metrics/reciprocal-rank.ts';
import { rougeL } from '../metrics/rouge-l.ts';
import { tokenF1 } from '../metrics/token-f1.ts';
import { uncitedSentences } from '../metrics/uncited-sentences.ts';
import { isVerbatim } from '../metrics/verbatim.ts';
import type { Prediction, RankedDocument } from '../prediction.ts';
import type { CaseScore, ValueName } from './case-score.ts';
import { holdsForbidden, judgeVerdict } from './judge-verdict.ts';

/** What scoring needs beside the prediction. */
export interface Evidence {
  /** Text of a cited document, as the system serves it; undefined where there is no such document. */
  readonly textOf: (docId: string) => string | undefined;
  /** Retrieval with the human rewrite and with the last turn alone, for a follow-up question that has a rewrite. */
  readonly followUp?: {
    readonly byRewrite: readonly RankedDocument[];
    readonly byLastTurn: readonly RankedDocument[];
  };
}

type Values = Partial<Record<ValueName, number | undefined>>;

/** Scores one prediction. A declined answer scores 0, not nothing, wherever an answer was due. */
export function scoreCase(evalCase: EvalCase, prediction: Prediction, evidence: Evidence): CaseScore {
  const values: Values = {
    ...retrievalValues(evalCase, prediction),
    ...answerValues(evalCase, prediction),
    ...citationValues(evalCase, prediction, evidence),
    ...followUpValues(evalCase, prediction, evidence),
    injected: evalCase.forbidden.length === 0 ? undefined : Number(holdsForbidden(evalCase, prediction)),
    milliseconds: prediction.timing_ms,
  };
  return {
    id: evalCase.id,
    tags: [...evalCase.tags],
    answerable: evalCase.answerable,
    verdict: judgeVerdict(evalCase, prediction),
    confidence: prediction.confidence,
    values: withoutUndefined(values),
  };
}

function retrievalValues({ relevance }: EvalCase, prediction: Prediction): Values {
  const ranked = idsOf(prediction.ranked);
  return {
    recall_at_1: recallAt(ranked, relevance, 1),
    recall_at_5: recallAt(ranked, relevance, 5),
    recall_at_10: recallAt(ranked, relevance, 10),
    mrr_at_10: reciprocalRankAt(ranked, relevance, 10),
    ndcg_at_10: ndcgAt(ranked, relevance, 10),
  };
}

function answerValues({ answerable, answers, goldSpans }: EvalCase, prediction: Prediction): Values {
  if (!answerable) return {};
  const text = prediction.status === 'answered' ? prediction.text : '';
  const golds = [...answers, ...goldSpans.map((gold) => gold.text)];
  return {
    exact_match: exactMatch(text, answers),
    token_f1: tokenF1(text, answers),
    rouge_l: rougeL(text, answers),
    in_quote: answerInQuote(
      prediction.citations.map((citation) => citation.quote),
      golds,
    ),
  };
}

function citationValues(evalCase: EvalCase, prediction: Prediction, { textOf }: Evidence): Values {
  const verbatim = prediction.citations.filter((citation) => isVerbatim(citation, textOf(citation.doc_id)));
  const answered = prediction.status === 'answered';
  const quotes = prediction.citations.map((citation) => citation.quote);
  const { sentences, uncited } = uncitedSentences(answered ? prediction.text : '', quotes);
  return {
    citations: prediction.citations.length,
    verbatim_citations: verbatim.length,
    sentences,
    uncited_sentences: uncited,
    ...(evalCase.answerable ? supportValues(evalCase, prediction) : {}),
  };
}

function supportValues({ goldSpans, relevance, goldRule }: EvalCase, prediction: Prediction): Values {
  const citations = prediction.citations.map(({ doc_id: docId, quote }) => ({ docId, quote }));
  const relevant = new Set([...relevance].filter(([, gain]) => gain > 0).map(([id]) => id));
  const bySpan = goldSpans.length > 0;
  const recall = bySpan ? citationRecall(citations, goldSpans) : documentRecall(citations, relevant);
  return {
    citation_precision: bySpan
      ? citationPrecision(citations, goldSpans)
      : documentPrecision(citations, relevant),
    citation_recall: recall !== undefined && recall > 0 && goldRule === 'any' ? 1 : recall,
  };
}

function followUpValues(evalCase: EvalCase, prediction: Prediction, { followUp }: Evidence): Values {
  const { rewrite, relevance, history, question } = evalCase;
  if (rewrite === undefined || history.length === 0) return {};
  return {
    follow_up_ndcg: ndcgAt(idsOf(prediction.ranked), relevance, 10),
    rewrite_ndcg: followUp && ndcgAt(idsOf(followUp.byRewrite), relevance, 10),
    last_turn_ndcg: followUp && ndcgAt(idsOf(followUp.byLastTurn), relevance, 10),
    rewrite_overlap: rougeL(prediction.standalone_question, [rewrite]),
    last_turn_overlap: rougeL(question, [rewrite]),
  };
}

function idsOf(ranked: readonly RankedDocument[]): string[] {
  return ranked.map((document) => document.doc_id);
}

function withoutUndefined(values: Values): CaseScore['values'] {
  const kept: CaseScore['values'] = {};
  for (const [name, value] of Object.entries(values) as [ValueName, number | undefined][]) {
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
