import type { AnswerEnd } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { sourceUrl } from '../../model/source-url.ts';
import { encodeCitation, encodeRest } from './json.ts';

/** What every reply in OpenAI's formats is made with. */
export interface OpenAiReply {
  /** The model as the reply names it. */
  readonly model: string;
  /** Seconds since the epoch. */
  readonly created: number;
  /** This server's own, for links to its documents. */
  readonly origin: string;
  /** All that was sent to be read, for counting where no model counts. */
  readonly prompt: string;
}

/** The citation in OpenAI's words: `start_index` and `end_index` span the sentence of the answer that it proves. */
export function urlCitation(citation: Citation, origin: string) {
  return {
    url: sourceUrl(citation, origin),
    title: citation.title === '' ? citation.uri : citation.title,
    start_index: citation.answerStart,
    end_index: citation.answerEnd,
  };
}

/** What OpenAI's format has no words for: the citation with its quote and its place in the document. */
export function ownCitation(citation: Citation) {
  return { citation: encodeCitation(citation) };
}

/** The rest of what `POST /v1/ask` replies: status, confidence, ids, and the closest passages of a decline. */
export function ownFields(end: AnswerEnd) {
  return { ibid: encodeRest(end) };
}

/** What a language model counted; without one, an estimate of one token to four characters. */
export function tokensOf(end: AnswerEnd, prompt: string): { input: number; output: number } {
  if (end.usage !== undefined) return { input: end.usage.inputTokens, output: end.usage.outputTokens };
  return { input: Math.ceil(prompt.length / 4), output: Math.ceil(end.answer.text.length / 4) };
}

export function citationsOf({ answer }: AnswerEnd): readonly Citation[] {
  return answer.status === 'answered' ? answer.citations : [];
}
