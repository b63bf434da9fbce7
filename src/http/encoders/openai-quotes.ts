import type { AnswerEnd, AskEvent } from '../../ask/events.ts';
import type { Answered } from '../../model/answer.ts';
import type { Citation } from '../../model/citation.ts';
import { DOUBT, isDoubtful } from '../../model/doubt.ts';
import { sourceUrl } from '../../model/source-url.ts';
import { firstOfEachMarker } from '../../model/with-markers.ts';
import { showMarkers } from './show-markers.ts';

/**
 * The same events with the proof in the text, for clients that show nothing else: a marker behind each sentence, the
 * quotes below the answer, and below a decline the closest passages. Citations keep to their sentences.
 */
export async function* showQuotes(events: AsyncIterable<AskEvent>, origin: string): AsyncGenerator<AskEvent> {
  for await (const event of showMarkers(events)) {
    if (event.type !== 'answer-end') {
      yield event;
      continue;
    }
    const below = belowAnswer(event, origin);
    if (below !== '') yield { type: 'text-delta', text: below };
    yield { ...event, answer: { ...event.answer, text: event.answer.text + below } };
  }
}

/** What `showQuotes` put into a text taken out again: the answer as it was written. */
export function withoutQuotes(text: string): string {
  const answer = text
    .replace(/\n\n(?:Sources|Closest passages):\n\n- \[[\s\S]*$/, '')
    .replace(/\n\nNot in the documents: “[^\n]*$/, '')
    .replace(OMITTED, '')
    .replace(DOUBTFUL, '');
  return answer.replace(/(?:[ \n]\[\d+\])+(?=\s|$)/g, '');
}

const DOUBTFUL = `\n\n${DOUBT}`;
const OMITTED = '\n\nSomething was left out, because no document supports it.';

function belowAnswer(end: AnswerEnd, origin: string): string {
  const { answer } = end;
  if (answer.status === 'declined') {
    const closest = answer.closest.map(({ passage, documentTitle, documentUri }) => {
      // Several may be of one document.
      const title = [...new Set([documentTitle, ...passage.headings.slice(-1)])].join(' › ');
      return `- ${link({ ...passage, quote: passage.text, title, uri: documentUri }, origin)}`;
    });
    return closest.length === 0 ? '' : `\n\nClosest passages:\n\n${closest.join('\n')}`;
  }
  const quotes = firstOfEachMarker(answer.citations).map(
    (citation) => `- [${citation.marker}] ${quoted(citation.quote)} (${link(citation, origin)})`,
  );
  const doubt = isDoubtful(end) ? DOUBTFUL : '';
  const omitted = answer.omitted === undefined ? '' : OMITTED;
  return `${doubt}${omitted}${unansweredOf(answer)}\n\nSources:\n\n${quotes.join('\n')}`;
}

/** In one line, so that it can be taken out again. */
function unansweredOf({ unanswered = [] }: Answered): string {
  const parts = unanswered.map((part) => `“${oneLine(part)}”`).join(', ');
  return parts === '' ? '' : `\n\nNot in the documents: ${parts}`;
}

/** Verbatim; where a client might take it for a link, a picture or HTML, as code, which it leaves alone. */
function quoted(quote: string): string {
  const text = oneLine(quote);
  if (!/[[\]<`]|:\/\//.test(text)) return `“${text}”`;
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `“${fence} ${text} ${fence}”`;
}

type Linked = Parameters<typeof sourceUrl>[0] & Pick<Citation, 'title'>;

/** A Markdown link; brackets would end it early. */
function link(cited: Linked, origin: string): string {
  const title = oneLine(cited.title === '' ? cited.uri : cited.title).replace(/[[\]\\]/g, '\\$&');
  return `[${title}](${sourceUrl(cited, origin).replaceAll('(', '%28').replaceAll(')', '%29').replaceAll(' ', '%20')})`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
