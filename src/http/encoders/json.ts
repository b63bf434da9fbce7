import type { z } from '@hono/zod-openapi';
import type { AnswerEnd, AskEvent } from '../../ask/events.ts';
import type { Answer, Answered } from '../../model/answer.ts';
import type { Citation } from '../../model/citation.ts';
import { IbidError } from '../../model/errors.ts';
import type { Hit } from '../../model/passage.ts';
import type { Usage } from '../../model/usage.ts';
import type { CitationSchema } from '../schemas/answer.ts';
import type { AskResponse } from '../schemas/ask.ts';
import type { HitSchema } from '../schemas/passage.ts';

export type WireCitation = z.infer<typeof CitationSchema>;
export type WireHit = z.infer<typeof HitSchema>;

/** Folds the events of one question into the response of `POST /v1/ask`; rejects with the error of an `ask-error`. */
export async function foldToJson(events: AsyncIterable<AskEvent>): Promise<AskResponse> {
  return encodeAnswerEnd(await endOf(events));
}

/** The last of the events of one question; rejects with the error of an `ask-error`. */
export async function endOf(events: AsyncIterable<AskEvent>): Promise<AnswerEnd> {
  for await (const event of events) {
    if (event.type === 'ask-error') throw new IbidError(event.code, event.message);
    if (event.type === 'answer-end') return event;
  }
  throw new IbidError('internal', 'The answer ended without a result.');
}

export function encodeAnswerEnd(end: AnswerEnd): AskResponse {
  const { contextualise, retrieve, read, total } = end.timing;
  return {
    id: end.id,
    conversation_id: end.conversationId,
    ...encodeAnswer(end),
    passages: end.passages.map(encodeHit),
    ...(end.degraded === undefined ? {} : { degraded: end.degraded }),
    ...(end.usage === undefined ? {} : { usage: encodeUsage(end.usage) }),
    timing_ms: { contextualise, retrieve, read, total },
  };
}

/** The same for formats that bring text and citations in words of their own: status, confidence, ids, `closest` and so on. */
export function encodeRest(end: AnswerEnd) {
  const { text: _text, citations: _citations, passages: _passages, ...rest } = encodeAnswerEnd(end);
  return rest;
}

function encodeUsage({ model, inputTokens, outputTokens, estimated, costUsd }: Usage) {
  return {
    model,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    estimated,
    ...(costUsd === undefined ? {} : { cost_usd: costUsd }),
  };
}

/** The fields that an answer has on every surface of JSON. */
export function encodeAnswer(given: { answer: Answer; confidence: number; standaloneQuestion: string }) {
  const { answer, confidence, standaloneQuestion } = given;
  return {
    status: answer.status,
    confidence,
    text: answer.text,
    citations: answer.status === 'answered' ? answer.citations.map(encodeCitation) : [],
    ...(answer.status === 'answered' ? encodeNotes(answer) : {}),
    ...(answer.status === 'declined'
      ? { reason: answer.reason, closest: answer.closest.map(encodeHit) }
      : {}),
    standalone_question: standaloneQuestion,
  };
}

function encodeNotes({ omitted, unanswered }: Answered) {
  return {
    ...(omitted === undefined ? {} : { omitted }),
    ...(unanswered === undefined ? {} : { unanswered: [...unanswered] }),
  };
}

export function encodeCitation(citation: Citation): WireCitation {
  return {
    marker: citation.marker,
    document_id: citation.documentId,
    passage_id: citation.passageId,
    title: citation.title,
    uri: citation.uri,
    quote: citation.quote,
    start: citation.start,
    end: citation.end,
    answer_start: citation.answerStart,
    answer_end: citation.answerEnd,
    headings: [...citation.headings],
    ...(citation.page === undefined ? {} : { page: citation.page }),
  };
}

export function encodeHit(hit: Hit): WireHit {
  const { passage } = hit;
  return {
    passage: {
      id: passage.id,
      document_id: passage.documentId,
      title: hit.documentTitle,
      uri: hit.documentUri,
      text: passage.text,
      start: passage.start,
      end: passage.end,
      headings: [...passage.headings],
      ...(passage.page === undefined ? {} : { page: passage.page }),
    },
    score: hit.score,
    via: hit.via,
  };
}
