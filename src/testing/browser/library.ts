import type { AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import type { Document } from '../../model/document.ts';
import type { Hit } from '../../model/passage.ts';

const LEAVE = 'Every employee has 28 days of leave a year.';
const CARRY = 'Up to five days may be carried over until the end of March.';
const FERRY = 'The ferry leaves at nine, well-fed crews aboard, and returns at noon & six.';
const OWLS = 'Barn owls hunt mice at night.';

/** What the bot of these tests has read: a file, a web page and a PDF. */
export const LIBRARY: readonly Document[] = [
  document(1, 'handbook.md', 'Staff handbook', 'text/markdown', [
    '# Staff handbook',
    '## Leave',
    `${LEAVE} ${CARRY}`,
    '## Office',
    'The office opens at eight.',
  ]),
  document(2, 'https://harbour.example/times', 'Harbour times', 'text/html', [
    'Harbour',
    `Welcome to the harbour. ${FERRY} Tickets are sold aboard.`,
  ]),
  document(3, 'https://harbour.example/owls.pdf', 'Owls of the harbour', 'application/pdf', [
    `${OWLS} They nest in the old lighthouse.`,
  ]),
];

export const QUOTES = { LEAVE, CARRY, FERRY, OWLS };

/** A sentence of an answer; with a quote it is cited. */
export interface Sentence {
  readonly text: string;
  readonly quote?: string;
}

/** The citations of an answer that is made of these sentences, in their order. */
function citationsOf(sentences: readonly Sentence[]): Citation[] {
  let at = 0;
  let marker = 0;
  return sentences.flatMap(({ text, quote }) => {
    const answerStart = at;
    at += text.length;
    if (quote === undefined) return [];
    marker += 1;
    const lead = text.length - text.trimStart().length;
    return [
      cite(quote, {
        marker,
        answerStart: answerStart + lead,
        answerEnd: answerStart + text.trimEnd().length,
      }),
    ];
  });
}

/** The events of an answer that is made of these sentences. */
export function answered(
  question: string,
  sentences: readonly Sentence[],
  more: Partial<Extra> = {},
): AskEvent[] {
  const citations = citationsOf(sentences);
  const text = sentences.map((sentence) => sentence.text).join('');
  const { degraded, standaloneQuestion = question, confidence = 0.9, ...notes } = more;
  const told = { standaloneQuestion, passages: [], id: 'ans_1', conversationId: 'conv_e2e' };
  let next = 0;
  const pieces = sentences.flatMap(({ text: delta, quote }): AskEvent[] => {
    const citation = quote === undefined ? undefined : citations[next++];
    return [
      { type: 'text-delta', text: delta },
      ...(citation === undefined ? [] : [{ type: 'citation-added', citation } as const]),
    ];
  });
  return [
    { type: 'passages-found', ...told },
    ...pieces,
    {
      type: 'answer-end',
      ...told,
      answer: { status: 'answered', text, citations, ...notes },
      confidence,
      ...(degraded === undefined ? {} : { degraded }),
      timing: { contextualise: 0, retrieve: 1, read: 1, total: 2 },
    },
  ];
}

interface Extra {
  readonly confidence: number;
  readonly omitted: number;
  readonly unanswered: readonly string[];
  readonly degraded: string;
  readonly standaloneQuestion: string;
}

/** The events of a question that is declined, with what came closest. */
export function declined(question: string): AskEvent[] {
  const text = 'I could not find an answer to that in the documents.';
  const told = { standaloneQuestion: question, passages: [], id: 'ans_2', conversationId: 'conv_e2e' };
  const closest = [hit(LEAVE), hit(OWLS)];
  return [
    { type: 'passages-found', ...told },
    { type: 'text-delta', text },
    {
      type: 'answer-end',
      ...told,
      answer: { status: 'declined', reason: 'no_answer_in_documents', text, closest },
      confidence: 0.1,
      timing: { contextualise: 0, retrieve: 1, read: 1, total: 2 },
    },
  ];
}

function document(
  n: number,
  uri: string,
  title: string,
  mediaType: string,
  parts: readonly string[],
): Document {
  const id = `doc_${String(n).padStart(20, '0')}`;
  return {
    id,
    uri,
    title,
    mediaType,
    text: `${parts.join('\n\n')}\n`,
    contentHash: 'a'.repeat(64),
    metadata: {},
  };
}

function sourceOf(quote: string) {
  const found = LIBRARY.find(({ text }) => text.includes(quote));
  if (found === undefined) throw new Error(`No document says: ${quote}`);
  const start = found.text.indexOf(quote);
  return { found, start, end: start + quote.length };
}

function cite(quote: string, place: Pick<Citation, 'marker' | 'answerStart' | 'answerEnd'>): Citation {
  const { found, start, end } = sourceOf(quote);
  const pdf = found.mediaType === 'application/pdf';
  return {
    ...place,
    ...{ passageId: 'psg_1', documentId: found.id, title: found.title, uri: found.uri, quote, start, end },
    headings: found.id === LIBRARY[0]?.id ? [found.title, 'Leave'] : [],
    ...(pdf ? { page: 3 } : {}),
  };
}

function hit(quote: string): Hit {
  const { found, start, end } = sourceOf(quote);
  return {
    passage: {
      id: 'psg_1',
      documentId: found.id,
      ordinal: 0,
      start,
      end,
      text: quote,
      headings: [],
      sentences: [],
    },
    documentTitle: found.title,
    documentUri: found.uri,
    score: 0.4,
    via: 'both',
  };
}
