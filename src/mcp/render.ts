import type { AnswerEnd } from '../ask/events.ts';
import type { Citation } from '../model/citation.ts';
import { DOUBT, isDoubtful } from '../model/doubt.ts';
import type { Hit } from '../model/passage.ts';
import { firstOfEachMarker, withMarkers } from '../model/with-markers.ts';
import { documentUri } from './document-uri.ts';

/** An answer for a language model to read: markers, each quote with its place, and what a decline means. */
export function renderAnswer(end: AnswerEnd): string {
  const { answer, conversationId } = end;
  const more = `To ask a follow-up, send conversation_id ${conversationId}.`;
  if (answer.status === 'answered') {
    const quotes = firstOfEachMarker(answer.citations).map(renderCitation);
    const doubt = isDoubtful(end) ? [DOUBT] : [];
    const omitted = answer.omitted === undefined ? [] : ['Something that no document supports was left out.'];
    const unanswered = (answer.unanswered ?? []).map((part) => `The documents hold no answer to: ${part}`);
    const text = withMarkers(answer.text, answer.citations);
    return [text, ...quotes, ...doubt, ...omitted, ...unanswered, more].join('\n\n');
  }
  const closest =
    answer.closest.length === 0
      ? []
      : ['The passages that came closest, none of which answers it:', ...answer.closest.map(renderHit)];
  return [`Declined: ${answer.text}`, ...closest, more].join('\n\n');
}

/** Passages, best first. */
export function renderHits(hits: readonly Hit[]): string {
  return hits.length === 0 ? 'Nothing was found.' : hits.map(renderHit).join('\n\n');
}

function renderCitation(citation: Citation): string {
  return `[${citation.marker}] “${citation.quote}”\n${placeOf(citation)}`;
}

function renderHit({ passage, documentTitle: title, documentUri: uri }: Hit): string {
  return `“${passage.text}”\n${placeOf({ ...passage, title, uri })}`;
}

type Place = Pick<Citation, 'documentId' | 'title' | 'uri' | 'start' | 'end' | 'headings' | 'page'>;

function placeOf({ documentId, title, uri, start, end, headings, page }: Place): string {
  const parts = [
    title === '' ? uri : `${title} (${uri})`,
    ...(headings.length === 0 ? [] : [headings.join(' › ')]),
    ...(page === undefined ? [] : [`page ${page}`]),
    `characters ${start} to ${end} of ${documentUri(documentId)}`,
  ];
  return `— ${parts.join(', ')}`;
}
